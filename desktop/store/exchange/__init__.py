"""What waits to be sent, what arrived, and what the council answered."""
