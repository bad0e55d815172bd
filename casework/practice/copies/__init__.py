"""Copies that went out, and by which form they are noted."""
