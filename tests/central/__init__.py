"""The service as a whole, on its real databases: `test_scope_walk.py`, and over the network
`tests/together/test_first_journey.py`.
"""
