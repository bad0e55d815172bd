"""Every route answers in `tests/central/http/test_openapi.py` and `tests/central/test_scope_walk.py`."""
