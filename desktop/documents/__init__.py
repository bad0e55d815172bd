"""Signed PDF copies of a record."""
