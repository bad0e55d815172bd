"""What a council sends on: the same records in the shapes that others ask for, and what could not be counted."""
