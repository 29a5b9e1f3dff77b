"""Cases of the same matter: one that follows another, and those that are handled together."""
