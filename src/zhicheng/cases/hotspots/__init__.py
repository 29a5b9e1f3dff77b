"""Hot spots: the same matter at the same place, told again and again."""
