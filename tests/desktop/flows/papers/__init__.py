"""`test_blank_forms.py`; how they come back, and the pages that are kept: `test_returned_sheets.py`; for the page
before a visit, its lines and its sheet `test_before_you_go.py`.
"""
