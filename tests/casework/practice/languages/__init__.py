"""Languages beside English: which words, their files, and what a council says of them."""
