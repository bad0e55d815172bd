"""Over a real service: `tests/together/test_written_before_joining.py`."""
