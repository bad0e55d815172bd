"""What travels between a laptop and the council's service: messages, codes, and the texts that are signed."""
