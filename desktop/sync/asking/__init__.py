"""What is asked of the council’s service while somebody waits for the answer."""
