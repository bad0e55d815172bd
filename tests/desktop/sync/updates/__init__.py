"""Against a real service, with each way one can be wrong: `tests/together/test_updates.py`."""
