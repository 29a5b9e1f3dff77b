"""Tables that people bring: read, their columns confirmed, tried out, and imported by whoever takes them."""
