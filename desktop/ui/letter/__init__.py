"""Letters about a record: which may go, one of them looked over, signed and recorded as sent."""
