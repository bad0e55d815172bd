"""Asked, accepted, made and told back over a real service: `tests/together/test_visits_asked.py`."""
