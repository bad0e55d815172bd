"""Harbouring notices (`harbouring_notices`, `harbouring_listed`) and what is due of them (`harbouring_due`):
`test_harbouring_listed.py`."""
