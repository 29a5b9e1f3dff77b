"""The public's front door."""
