"""The folder itself: files, keys and streams on it, and one program at a time."""
