"""What the council did not take in: a supervisor decides about it, and its author deals with what came back."""
