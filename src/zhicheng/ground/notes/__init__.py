"""Internal notes on records: among the people of the bodies, with mention of a colleague."""
