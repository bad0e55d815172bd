"""Words that may be misspelt, under the worker’s hands: a line under them, and what was meant."""
