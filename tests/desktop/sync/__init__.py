"""The machine alone in `test_machine.py`, the interpreter while pages come in `test_pages.py`; all the rest against a
real service in `tests/together/test_scenarios_delivery.py`, `tests/together/test_simulation.py`,
`tests/together/test_three_years.py`, and behind a real proxy in `tests/together/test_behind_a_proxy.py`.
"""
