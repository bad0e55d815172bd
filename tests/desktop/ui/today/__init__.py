"""Today as a person meets it: `tests/desktop/ui/test_window.py`, `tests/journeys/test_walk.py`."""
