"""Both sides of what was not taken in: `test_returned.py`, `tests/journeys/test_walk.py`."""
