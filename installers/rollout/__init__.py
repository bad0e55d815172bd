"""Carries out what a council would: bare machines, the administrator's manual, laptops, and three years."""
