"""Team: what a manager has to see of everybody's work."""
