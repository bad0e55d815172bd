"""The frame is part of every page: `tests/desktop/ui/test_window.py`, `tests/desktop/ui/test_access.py`."""
