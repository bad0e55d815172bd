"""Saying what falls due, in time to do it: on the page, and to a desktop that shows such things."""
