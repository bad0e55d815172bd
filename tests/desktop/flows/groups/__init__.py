"""The agenda, the meeting it becomes and the minutes are one evening's work: `test_minutes.py`."""
