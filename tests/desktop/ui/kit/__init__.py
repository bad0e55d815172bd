"""Every editor by itself: `test_editors.py`."""
