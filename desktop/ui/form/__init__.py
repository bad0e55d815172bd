"""Filling in a record, section by section."""
