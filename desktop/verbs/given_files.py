"""Files that a verb is given, read with a sentence when they cannot be."""

from __future__ import annotations

from pathlib import Path

from casework.errors import KnownError

MOST = 16 * 1024 * 1024


def bytes_of(path: Path) -> bytes:
    """Raises KnownError for what cannot be read, or is no file of the kind."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    if len(data) > MOST:
        message = f"{path.name} is too large: such a file has no more than {MOST // 1024 // 1024} MB."
        raise KnownError(message)
    return data
