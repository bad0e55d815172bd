"""Themes: what children said, counted over the interviews of a period, and who and what several of them name."""
