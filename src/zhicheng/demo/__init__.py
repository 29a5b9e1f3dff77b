"""The simulator: believable records, marked as simulated."""
