"""Whose child lives where, and which council must hear: `test_placement_rules.py`."""
