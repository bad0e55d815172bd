"""Words as glyphs: which font, which shapes, in which order, and where a line ends."""
