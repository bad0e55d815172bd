"""The file itself: objects and their numbers, pages as they were drawn, the tree that says what is on them."""
