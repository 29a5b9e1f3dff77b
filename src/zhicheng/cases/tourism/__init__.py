"""Tourism complaints: disputes of travellers that the tourism body mediates."""
