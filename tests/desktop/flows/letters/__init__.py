"""Letters: `test_writing_letter.py`, `test_sending_letter.py`; in words, as a table: `tests/journeys/test_letters.py`;
what is half written: `tests/desktop/ui/letter/test_page.py`.
"""
