"""`test_letter_page.py`; a table on paper: `tests/desktop/ui/caseload/test_page.py`."""
