"""Verbs for what is kept, what goes by the council’s rule, and what may not go yet."""
