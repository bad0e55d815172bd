"""The lists and the table are on one page: `test_page.py`."""
