"""The vault as a whole: `test_vault.py`, `test_power.py`, `test_flips.py`."""
