"""Taken in, refused and followed: `tests/together/test_movement_returns.py`."""
