"""Notices: queued in the transaction of the step they tell of."""
