"""Shown on the pages of `tests/desktop/ui/form/test_second_language.py`."""
