"""Check and sign, and what stands beside a signed record: `test_page.py`, `test_correction.py`."""
