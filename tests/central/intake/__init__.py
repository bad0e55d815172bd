"""Every rule and verdict: `test_intake.py`, `tests/together/test_scenarios_delivery.py`,
`tests/together/test_mutations.py`.
"""
