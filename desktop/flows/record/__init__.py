"""One record while it is written: its answers, notes, photographs, links, and how it reads."""
