"""Ways to the data key: passphrase, recovery code, the council."""
