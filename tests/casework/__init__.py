"""What the core promises is tested where each part stands; `test_canonical.py` holds the one way to write a value."""
