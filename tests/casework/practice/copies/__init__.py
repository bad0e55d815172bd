"""Held by what fills it: `tests/desktop/flows/signing/test_copy_log.py`."""
