"""The rules of an agenda: `test_agenda_rules.py`."""
