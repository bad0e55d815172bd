"""Over a real service: `tests/together/test_commissions_asked.py`."""
