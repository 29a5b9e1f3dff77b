"""Django's backend for PostgreSQL, with what the house adds: see `base`."""
