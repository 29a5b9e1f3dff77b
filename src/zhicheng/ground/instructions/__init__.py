"""Leaders' instructions (批示) on matters: written with a date, answered, taken to the superior body when late."""
