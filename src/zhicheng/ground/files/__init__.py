"""Files: checked by content, stored by hash."""
