"""The security administrator's pages: accounts and what they may do."""
