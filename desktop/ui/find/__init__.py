"""Finding a child or a record."""
