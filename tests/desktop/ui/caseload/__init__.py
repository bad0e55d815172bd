"""The rows, the view and the chosen case are tested through the page: `test_page.py`."""
