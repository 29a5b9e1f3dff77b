"""One step for many matters: chosen in a list, taken for each by itself, told of each."""
