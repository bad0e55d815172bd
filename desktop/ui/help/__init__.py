"""Help, in the window and at the door."""
