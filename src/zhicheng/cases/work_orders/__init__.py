"""Work orders of an external hotline: taken from its table as live cases, and answered to it by its numbers."""
