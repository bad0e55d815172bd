"""`test_import_csv.py` reads and writes extracts through the verbs."""
