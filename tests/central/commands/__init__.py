"""Each verb is run as an administrator runs it: `people/test_people_verbs.py` (the service’s too),
`people/test_officer_leaves.py`, `test_key_verbs.py`, `test_certificate_verbs.py`, and forgotten passphrases in
`tests/journeys/test_asking_the_council.py`.
"""
