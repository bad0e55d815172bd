"""What goes out and comes in: `test_received_pages.py`, `test_quarantine.py`,
`tests/together/test_scenarios_damage.py`.
"""
