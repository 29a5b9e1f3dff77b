"""Cases between systems: opened by programs, found by their numbers elsewhere, followed by what changed."""
