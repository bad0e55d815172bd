"""What each laptop is sent: `tests/central/test_scope_walk.py`, `tests/together/test_scenarios_scope.py`,
`tests/central/intake/test_ledger.py`.
"""
