"""Passphrase, recovery, joining: `test_keeping.py`, `tests/journeys/test_joining_again.py`."""
