"""Connection, writer, readers and audit chain: `tests/desktop/store/test_vault.py`,
`tests/desktop/store/test_power.py`, `tests/desktop/store/records/test_audit_trail.py`.
"""
