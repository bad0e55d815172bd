"""Placements and moves in the window."""
