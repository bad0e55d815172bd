"""What an answer, or a whole record, said before: a page."""
