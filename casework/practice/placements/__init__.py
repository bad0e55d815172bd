"""Placements: whose child lives where, and which councils must hear of a move (F11, S4 ¶77–79)."""
