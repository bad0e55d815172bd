"""Harbouring notices: which stand, against whom and until when, and which are about to end."""
