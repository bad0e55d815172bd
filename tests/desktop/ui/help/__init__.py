"""`test_page.py`; at the door: `tests/desktop/ui/test_window.py`."""
