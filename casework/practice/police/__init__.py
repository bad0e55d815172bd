"""The police’s monthly list of children reported missing, held against the episodes recorded here."""
