"""Photographs and files: cleaned, encrypted in chunks, kept beside the database."""
