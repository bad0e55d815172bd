"""What a person does, on a real vault; small parts are tested through `tests/desktop/flows/due/test_today.py` and
`tests/desktop/flows/child/test_child_page.py`.
"""
