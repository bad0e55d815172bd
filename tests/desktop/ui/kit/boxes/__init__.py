"""What a box keeps of what is typed: `test_caret_places.py`, `tests/desktop/ui/test_every_box.py`."""
