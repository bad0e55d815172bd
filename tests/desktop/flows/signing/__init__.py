"""Signing, correcting and exporting: `tests/desktop/documents/test_rendering.py`,
`tests/desktop/flows/record/test_editing.py`, `tests/journeys/test_command_line.py`.
"""
