"""Pages on paper: their pictures, the printer, and what is noted afterwards."""
