"""Files, keys and streams: `tests/desktop/store/test_power.py`, `tests/desktop/store/test_flips.py`,
`tests/desktop/store/test_vault.py`.
"""
