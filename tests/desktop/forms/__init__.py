"""The catalogue and its filling in: `test_catalogue.py`, `test_filling.py`."""
