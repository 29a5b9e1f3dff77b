"""One page per building and per organization: what is known of it, and what every feature adds."""
