"""Documents are judged whole, as PDF, by independent readers: `test_rendering.py`."""
