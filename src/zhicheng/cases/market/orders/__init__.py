"""The measures under which market complaints and reports are handled, one after the other."""
