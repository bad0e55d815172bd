"""`test_blank_forms.py`, and for the page before a visit, its lines and its sheet `test_before_you_go.py`."""
