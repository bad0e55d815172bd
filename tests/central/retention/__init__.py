"""Mirrors central/retention; holds and the log are tried where the order is, in test_destroying.py."""
