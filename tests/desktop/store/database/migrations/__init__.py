"""`test_migrations.py` climbs from every released schema."""
