"""`test_page.py` for blank forms, `test_before_page.py` for the page before a visit."""
