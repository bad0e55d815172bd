"""Getting in and staying in: unlocking, the passphrase, backups, locking when idle."""
