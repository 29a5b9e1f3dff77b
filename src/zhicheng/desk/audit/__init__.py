"""The audit administrator's pages: acts and hashes, never texts or personal data."""
