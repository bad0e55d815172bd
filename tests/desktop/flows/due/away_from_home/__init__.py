"""`tests/desktop/flows/harbouring/test_harbouring_listed.py`, `tests/desktop/flows/placements/test_recording_move.py`."""
