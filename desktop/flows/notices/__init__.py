"""Notices: who was told, and when they read it."""
