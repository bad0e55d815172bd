"""Letters about a case: which may go now, what they say, and sending them."""
