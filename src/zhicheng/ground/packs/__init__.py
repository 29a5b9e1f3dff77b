"""Packs: what a city decides, as data."""
