"""The five choices and the table for pictures: `test_samples_editor.py`."""
