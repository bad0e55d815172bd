"""Notices: the inbox, one notice, and who has been told."""
