"""The page and the card on Today in `test_page.py`."""
