"""The staff's inbox and search."""
