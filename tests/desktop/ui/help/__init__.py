"""Help at the door and inside: `tests/desktop/ui/test_window.py`."""
