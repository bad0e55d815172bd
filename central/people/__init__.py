"""Officers, laptops, keys, and who may hold what."""
