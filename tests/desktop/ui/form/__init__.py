"""The form screen with its rail, notes and problems: `test_page.py`, `test_offered.py`."""
