"""Each module has its own test."""
