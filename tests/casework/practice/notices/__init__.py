"""What a deed tells and whom a council means: `test_telling.py`; the table of kinds at the service's door:
`tests/together/test_notices.py`.
"""
