"""What is due because of where a child may be or lives: harbouring notices, and moves of a placement."""
