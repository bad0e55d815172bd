"""Saving and checking a PDF by hand: `tests/journeys/test_interview.py`, `tests/desktop/ui/sign/test_page.py`."""
