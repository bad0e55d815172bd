"""What counts, and the definitions, are tested through the figures they give:
`tests/central/figures/test_published.py`, `tests/central/facts/test_projection.py`.
"""
