"""Schools’ movement returns: taken in, chased, each leaver followed."""
