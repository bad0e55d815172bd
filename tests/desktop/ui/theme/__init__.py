"""Contrast of every pair of colours: `test_tokens.py`."""
