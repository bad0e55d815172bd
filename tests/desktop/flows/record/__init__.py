"""Parts of writing a record: `test_editing.py`, `test_carried_over.py`, `test_as_text.py`."""
