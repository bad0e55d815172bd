"""The first time: `tests/desktop/ui/test_window.py`, `tests/journeys/test_keeping.py`."""
