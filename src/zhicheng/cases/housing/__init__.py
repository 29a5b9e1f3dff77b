"""Housing quality complaints 住宅工程质量投诉: the housing bureaus' own proceeding."""
