"""`test_letter_page.py`; a table on paper: `tests/desktop/ui/caseload/test_page.py`.

`test_blank_page.py`; the sheet of a visit: `tests/desktop/flows/papers/test_before_you_go.py`.
"""
