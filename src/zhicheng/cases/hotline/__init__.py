"""The hotline: calls taken, what became of each, and the knowledge that answers them."""
