"""Proceedings: the one table of states, and the only way to move them."""
