"""Facts kept up and worked out anew: `test_projection.py`; over the random simulation,
`tests/together/test_simulation.py`.
"""
