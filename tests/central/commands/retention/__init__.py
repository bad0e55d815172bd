"""Typed by those who destroy: `tests/central/retention/test_destroying.py`, and by the manual's own test."""
