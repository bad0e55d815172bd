"""The plain shapes are tested by what is made of them: `tests/desktop/ui/kit/test_editors.py`,
`tests/desktop/ui/test_access.py`.
"""
