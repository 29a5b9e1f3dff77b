"""Parties: organizations, persons and posts."""
