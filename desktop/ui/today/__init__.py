"""What is due, and what waits."""
