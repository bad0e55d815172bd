"""Signed texts and the messages of a laptop's life are tested over the real service:
`tests/central/http/test_request_signing.py`, `tests/together/test_first_journey.py`. What every message is, is in
`test_protocol.py`, and withdrawn keys in `tests/central/keys/test_key_folder.py`. What a laptop is told of a commission
is in `tests/together/test_commissions.py`; a signed answer in `tests/together/test_behind_a_proxy.py`.
"""
