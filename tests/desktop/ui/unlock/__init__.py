"""The door and the ways back in: `tests/desktop/ui/test_window.py`, `tests/journeys/test_keeping.py`,
`tests/journeys/test_asking_the_council.py`.
"""
