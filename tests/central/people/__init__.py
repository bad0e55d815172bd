"""Accounts, keys and scope: `test_rejoining.py`, `test_key_ownership.py`, `tests/central/test_scope_walk.py`."""
