"""The caseload as tables: a row a case, kept views, and the files and pages it leaves as."""
