"""Every way in and its key slot: `test_ways_in.py`, `tests/desktop/store/test_vault.py`."""
