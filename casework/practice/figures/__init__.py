"""Figures: what of a record counts, and by which published definition it is counted. No I/O."""
