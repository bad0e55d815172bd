"""Each return, and what it asks about, through the verb and as a file: `test_returns.py`."""
