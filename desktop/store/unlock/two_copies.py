"""Where the key file of a vault stands, twice, and its bytes."""

from __future__ import annotations

from pathlib import Path

from desktop.store.disk.files import disk_troubles

NAME = "vault.json"
COPY = "vault-copy.json"
MAX_BYTES = 64 * 1024  # a handful of slots; anything longer is not ours


def bytes_of(path: Path) -> bytes:
    """Nothing where there is none. Raises DiskGone and the like."""
    with disk_troubles():
        if not path.exists():
            return b""
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
