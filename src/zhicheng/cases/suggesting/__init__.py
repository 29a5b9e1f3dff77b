"""Which category a text may belong to: learned from confirmed ones, suggested to people, never decided."""
