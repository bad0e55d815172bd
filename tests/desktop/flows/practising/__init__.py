"""The invented caseload and its papers: `test_invented_caseload.py`; the store: `test_practice_store.py`."""
