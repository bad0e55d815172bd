"""What joining a council does beside asking for a name."""
