"""The list (`page`) and what becomes of a notice under its line (`deciding`): `test_page.py`."""
