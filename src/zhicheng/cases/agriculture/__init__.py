"""Complaints and reports about agricultural products."""
