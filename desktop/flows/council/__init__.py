"""Between this laptop and the council: what waits, what was not taken in, and what a supervisor decides."""
