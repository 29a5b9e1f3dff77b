"""The loop complaint, analysis, rectification, verification, for every sort of building work."""
