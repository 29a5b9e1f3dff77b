"""Filing ended cases in the archive."""
