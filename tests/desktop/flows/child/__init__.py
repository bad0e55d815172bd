"""Facts, people, timeline and card: `test_child_page.py`."""
