"""Team: the manager's lists."""
