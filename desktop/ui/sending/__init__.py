"""What waits here, and what the council has received."""
