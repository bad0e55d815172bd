"""The months, one month and the line that is open are pressed through in `test_page.py`."""
