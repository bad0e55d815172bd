"""Which words may be misspelt, what was meant, and the words that are the person's own."""
