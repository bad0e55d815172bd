"""Records as the vault keeps them: `test_drafts.py`, `test_views.py`, `test_search.py`, `test_summaries.py`."""
