"""Complaints about the quality of building work that is not a home."""
