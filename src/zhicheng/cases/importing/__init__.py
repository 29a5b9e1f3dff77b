"""Importing historical cases from a table: read, map the columns, check every row, record what is good."""
