"""`test_merge.py` and `test_operation.py` test every part of a record through random histories."""
