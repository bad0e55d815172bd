"""Two texts for one answer: shown, decided, and remembered."""
