"""Spelling in a form: `test_spell_watch.py` holds the watch, its boxes and the words that are known."""
