"""The append-only ledger: one entry per step and per sensitive read."""
