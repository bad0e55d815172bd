"""The steps are climbed by every founding: `tests/central/commands/people/test_people_verbs.py`."""
