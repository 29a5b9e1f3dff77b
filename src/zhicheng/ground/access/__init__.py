"""Access: users, grants, jurisdictions, delegation, and the one scope policy."""
