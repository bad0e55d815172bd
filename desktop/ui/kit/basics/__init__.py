"""Shapes that screens are made of, none of which knows a question."""
