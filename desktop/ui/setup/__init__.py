"""The first time on this laptop."""
