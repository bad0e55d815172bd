"""What a PDF is worth, on files that Homeward made, others made, and somebody changed: `test_verification.py`."""
