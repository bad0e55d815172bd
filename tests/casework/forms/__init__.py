"""Parts of the language are tested through whole forms: `test_loading.py`, `test_conditions.py`, `test_damaged.py`,
`test_domain.py`.
"""
