"""The encrypted database: its connection, its one writer, its readers, its schema."""
