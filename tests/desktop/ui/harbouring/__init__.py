"""The list of harbouring notices in the window."""
