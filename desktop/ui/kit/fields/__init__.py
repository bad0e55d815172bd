"""One editor for each kind of question, and what stands round it."""
