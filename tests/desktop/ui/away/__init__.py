"""Locking without being asked, on every system: `test_guard.py`."""
