"""A letter on the window, from what is due to its record: `test_page.py`."""
