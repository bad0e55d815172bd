"""Schools: what they return each month, who keeps it and what may stand in it."""
