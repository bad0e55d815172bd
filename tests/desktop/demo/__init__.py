"""The invented caseload: `test_caseload.py`."""
