"""What the core promises is tested where each part stands; `test_canonical.py` holds the one way to write a value,
and `tests/house/test_kinds_of_id.py` the kinds of id."""
