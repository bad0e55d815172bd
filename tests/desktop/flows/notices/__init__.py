"""The inbox on real laptops: `tests/together/test_notices.py`, `tests/desktop/verbs/test_notice_verbs.py`."""
