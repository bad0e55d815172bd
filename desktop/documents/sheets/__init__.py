"""Pages that are no record of a form: a letter, and a table."""
