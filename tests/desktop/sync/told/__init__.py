"""Over a real service: names in `tests/together/test_scenarios_scope.py`, how interviews stand in
`tests/together/test_interviews_told.py`.
"""
