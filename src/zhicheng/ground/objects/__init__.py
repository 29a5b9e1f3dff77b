"""Objects that quality is about: sites and products, with who answers for them."""
