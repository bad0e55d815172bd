"""Held over a real service, role by role: `tests/together/test_status_told.py`."""
