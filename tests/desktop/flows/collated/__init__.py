"""Through the verb: `test_themes.py`; the report, in the window: `tests/desktop/ui/collated/test_page.py`."""
