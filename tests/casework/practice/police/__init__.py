"""Matched and settled: `tests/together/test_police_lists.py`; months and times:
`tests/desktop/flows/police/test_police_sheet.py`."""
