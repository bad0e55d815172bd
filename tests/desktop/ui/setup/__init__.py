"""The first time: `tests/desktop/ui/test_window.py`, `tests/journeys/test_first_run.py`."""
