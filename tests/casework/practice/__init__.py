"""Calendar, council and library are tested through the deadlines they serve: `test_deadlines.py`,
`test_education_deadlines.py`.
"""
