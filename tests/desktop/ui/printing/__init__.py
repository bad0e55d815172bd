"""Printing: `tests/desktop/ui/documents/test_preview_page.py`, `tests/desktop/ui/child/test_find_me_screen.py`."""
