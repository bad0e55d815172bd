"""CSV in and out, by the names of its columns."""
