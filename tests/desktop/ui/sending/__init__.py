"""Waiting and received: `tests/desktop/ui/test_window.py`, `tests/journeys/test_without_being_asked.py`."""
