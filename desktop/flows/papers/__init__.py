"""Paper beside a visit: blank forms to fill in with a pen, and the sheet of a visit."""
