"""Two texts for one answer, side by side, until a person decides."""
