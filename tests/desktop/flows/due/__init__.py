"""What is due and what it begins: `test_today.py`, `test_missing_matters.py`."""
