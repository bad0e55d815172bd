"""The history of an answer on the screen: `test_page.py`."""
