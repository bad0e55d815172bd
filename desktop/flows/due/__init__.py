"""What is due and what needs deciding, and beginning the record that answers it."""
