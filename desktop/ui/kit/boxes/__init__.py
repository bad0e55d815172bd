"""A box for one line of words, and what every box knows of letters and carets."""
