"""The walk walks itself: `tests/journeys/test_walk.py`."""
