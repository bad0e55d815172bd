"""The cards are on the pages: `test_page.py`."""
