"""Buildings, organizations and products: their pages, and how people of a competent body enter them."""
