"""`test_lives.py` walks every life, missing and education alike."""
