"""Personal data: encrypted, found by a blind index, masked."""
