"""The window as a whole: `test_window.py`, `test_access.py`, `test_words.py`."""
