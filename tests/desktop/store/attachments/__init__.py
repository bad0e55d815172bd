"""Cleaning, hiding and keeping of pictures: `test_attachment_files.py`."""
