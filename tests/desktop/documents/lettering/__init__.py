"""Glyph by glyph: against Unicode's own tests and against Pango; where lines end: `test_line_breaking.py`; what is
drawn of it: `test_embedded_font.py`; what is copied of it, in which language: `test_four_readers.py`.
"""
