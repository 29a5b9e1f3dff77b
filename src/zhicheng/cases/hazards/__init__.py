"""Hazards (隐患): what has to be put right before it does harm."""
