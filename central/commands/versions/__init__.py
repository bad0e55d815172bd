"""Which versions of Homeward the council's laptops run, and which they may."""
