"""Photographs on their way: `tests/together/test_scenarios_photographs.py`."""
