"""Every verb is run as a person runs it: `tests/journeys/test_command_line.py`."""
