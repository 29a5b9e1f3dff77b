"""The archive: what has ended for good, by body and year, each under a number, for as long as it is kept."""
