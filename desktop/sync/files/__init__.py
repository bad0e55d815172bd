"""Photographs and other attachments: which are wanted, and sending those that are here, after the records."""
