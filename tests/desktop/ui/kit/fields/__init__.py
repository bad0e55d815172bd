"""Every editor is made through the registry in `tests/desktop/ui/kit/test_editors.py`."""
