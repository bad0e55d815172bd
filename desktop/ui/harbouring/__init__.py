"""Harbouring notices: which stand, and which are about to end."""
