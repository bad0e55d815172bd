"""What was not taken in and its review: `test_sending.py`, `tests/together/test_returned.py`,
`tests/together/test_reviewing.py`.
"""
