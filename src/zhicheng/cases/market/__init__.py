"""Market complaints (投诉): disputes of consumers that the market administration mediates."""
