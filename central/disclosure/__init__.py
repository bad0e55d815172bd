"""Everything held about one child, in a person's hands: gathered, told in words, marked for decisions, written down."""
