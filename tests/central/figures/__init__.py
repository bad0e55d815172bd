"""Each card against the published tables, and as known at a moment: `test_published.py`, `test_as_known.py`."""
