"""Themes in the window, and the report that leaves."""
