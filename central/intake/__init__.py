"""What happens to each operation that arrives: accepted, held, or quarantined with a reason."""
