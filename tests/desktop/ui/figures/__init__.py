"""The page, its pictures and its lists are one: `test_page.py`."""
