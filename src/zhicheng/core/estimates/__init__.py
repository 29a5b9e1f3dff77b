"""What a sample says about the whole it was drawn from: figures, and how far they may be off."""
