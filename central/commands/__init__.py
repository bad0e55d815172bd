"""The verbs of `homeward-central`: one file for each errand of an administrator."""
