"""A meeting is worked through as a person does it: `test_page.py`."""
