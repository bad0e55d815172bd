"""Papers to take along: blank forms, and the page before a visit."""
