"""A file that a person gave, read with a sentence when it cannot be."""

from __future__ import annotations

from pathlib import Path

from casework.errors import KnownError

MEGABYTE = 1024 * 1024


def bytes_of(file: Path, most: int = 16 * MEGABYTE) -> bytes:
    """Raises KnownError for what cannot be read, or is larger than a file of its kind."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        message = f"{file.name} cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise KnownError(message) from error
    if len(data) > most:
        message = f"{file.name} is too large: such a file has no more than {most // MEGABYTE} MB."
        raise KnownError(message)
    return data
