"""Every address is asked by a stranger and by each role: `test_openapi.py`, `test_request_signing.py`,
`tests/central/test_scope_walk.py`. Signed answers: `tests/together/test_behind_a_proxy.py`.
"""
