"""Who holds such a bucket and what lies in it: `tests/central/test_scope_walk.py`, `tests/together/test_groups.py`."""
