"""The sections that packs declares: the rows of each file and where they are kept."""
