"""`test_bundle.py` makes one export through the verb, of a council with two sisters, and looks at all of it."""
