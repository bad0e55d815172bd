"""Taken in and followed over a real service: `tests/together/test_movement_returns.py`; owed, and a child who is known:
`test_leavers_followed.py`.
"""
