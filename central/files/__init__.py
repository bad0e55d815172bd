"""Attachments on the service's disk, named by their content."""
