"""Saving and checking a PDF by hand: `tests/journeys/test_interview.py`, `tests/desktop/ui/sign/test_page.py`.

Pages looked at and printed (page_pictures, paper_view, print_job): `test_preview_page.py`.
"""
