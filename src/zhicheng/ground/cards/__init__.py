"""Yellow and red cards: what a body is shown when a limit of a matter that it has is near, or has passed."""
