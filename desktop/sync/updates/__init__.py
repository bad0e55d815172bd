"""A newer Homeward, as the council offers it: looked at before a byte of it is believed, and never installed here."""
