"""What is written into a store: `tests/desktop/flows/practising/test_invented_caseload.py`."""
