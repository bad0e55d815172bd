"""Taken in, decided, signed off over a real service: `tests/together/test_police_lists.py`; lines and times of a file:
`test_police_sheet.py`; results asked for: `test_prevention_asked.py`."""
