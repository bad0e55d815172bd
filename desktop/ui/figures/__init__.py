"""Figures in the window: a scorecard's numbers, pictures, and the list behind each."""
