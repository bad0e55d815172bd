"""The service's tables, over SQLite or PostgreSQL, and where they are kept."""
