"""Accessible widgets: one editor for each kind of question, and the shapes that screens are made of."""
