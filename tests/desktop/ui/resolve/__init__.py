"""One decision at a time: `test_page.py`."""
