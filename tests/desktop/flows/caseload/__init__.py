"""The caseload: `test_case_table.py`; kept, saved and printed: `tests/desktop/ui/caseload/test_page.py`."""
