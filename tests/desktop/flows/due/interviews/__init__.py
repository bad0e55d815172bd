"""With their day: `tests/desktop/flows/due/test_today.py`; as told: `tests/together/test_interviews_told.py`."""
