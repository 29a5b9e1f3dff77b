"""Visitors without an account: where they come from, and how often they try."""
