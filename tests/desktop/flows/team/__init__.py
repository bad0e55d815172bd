"""The list through its verb, over a real store: `test_exceptions.py`."""
