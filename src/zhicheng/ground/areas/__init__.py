"""Areas: provinces to villages, with succession and boundaries."""
