"""Checking answers and signing."""
