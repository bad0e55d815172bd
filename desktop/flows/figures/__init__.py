"""Figures: scorecards of a period, kept for reading offline, and the records behind each number."""
