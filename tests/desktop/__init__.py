"""The whole program by its command line: `tests/journeys/test_command_line.py`."""
