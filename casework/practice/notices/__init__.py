"""Notices: what kinds there are, whom a deed tells, and whom the council means by each word."""
