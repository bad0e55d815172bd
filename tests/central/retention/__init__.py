"""Holds, the log and what is due are tried where the order is: `test_destroying.py`, `test_on_both.py`."""
