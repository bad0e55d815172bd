"""The page in `test_page.py`."""
