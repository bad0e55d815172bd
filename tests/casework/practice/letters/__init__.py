"""Reading and shelving letters: `test_letter_shelf.py`; filling them in:
`tests/desktop/flows/letters/test_writing_letter.py`.
"""
