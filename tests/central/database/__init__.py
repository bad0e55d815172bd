"""Tables, folder, clock and database are tested through every intake, over both databases:
`tests/central/intake/test_intake.py`, `tests/central/commands/people/test_people_verbs.py`.
"""
