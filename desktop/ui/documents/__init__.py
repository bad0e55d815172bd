"""Copies of a record as PDF, and checking one."""
