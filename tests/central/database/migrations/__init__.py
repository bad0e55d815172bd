"""The steps are climbed by every founding: `tests/central/commands/test_people_verbs.py`."""
