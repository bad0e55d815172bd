"""A move written down, its history (`placement_history`, `placements_listed`) and what is due of it (`placement_due`):
`test_recording_move.py`."""
