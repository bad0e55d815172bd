"""Scorecards, what is behind them, tables and pages, over a real service: `tests/desktop/ui/figures/test_page.py`;
periods: `test_periods_offered.py`.
"""
