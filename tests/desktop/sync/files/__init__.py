"""Against a real service: `tests/together/test_scenarios_photographs.py`."""
