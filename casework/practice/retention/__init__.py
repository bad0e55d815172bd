"""How long a council keeps a record, and from when on it counts as closed."""
