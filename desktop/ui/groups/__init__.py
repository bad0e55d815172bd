"""Groups: the meetings, the agenda, and what is decided about each child."""
