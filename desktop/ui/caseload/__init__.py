"""Every open case as a table."""
