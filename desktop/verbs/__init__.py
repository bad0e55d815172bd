"""What each verb of the command line does: from its arguments to a result, for machines and for people."""
