"""Asking another agency to hold an interview."""
