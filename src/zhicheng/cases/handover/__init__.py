"""Passing a matter on, and having other bodies help with it."""
