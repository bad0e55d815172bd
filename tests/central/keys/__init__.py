"""Certificates are read by programs that are not ours, keys by those who may and by those who may not:
`test_authority.py`, `test_kept_key.py`, `test_key_folder.py`, `tests/together/test_stolen_backup.py`,
`tests/together/test_three_years.py`.
"""
