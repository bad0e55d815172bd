"""The frame round every screen."""
