"""The child’s page with its pictures and their tables: `test_page.py`."""
