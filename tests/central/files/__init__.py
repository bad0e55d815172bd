"""Photographs on their way: `tests/together/test_scenarios_photographs.py`; updates in
`tests/together/test_updates.py`."""
