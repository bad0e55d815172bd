"""Of notices: `tests/desktop/flows/harbouring/test_harbouring_listed.py`; of moves:
`tests/desktop/flows/placements/test_recording_move.py`."""
