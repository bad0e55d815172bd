"""Unlocking, preferences and backups: `test_passphrase_and_recovery.py`, `tests/journeys/test_keeping.py`."""
