"""Against a real service: `tests/together/test_lasting_documents.py`."""
