"""Correcting what a case is about: another category of the same kind, or a matter of another kind altogether."""
