"""Signs that somebody complains as a business: shown to those who decide, and never a ground by themselves."""
