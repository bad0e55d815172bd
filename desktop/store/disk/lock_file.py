"""One Homeward to a store: a lock the operating system drops by itself when the program dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from desktop.store.disk.errors import VaultInUse
from desktop.store.disk.files import disk_troubles

NAME = "in-use"


class InstanceLock:
    """Holds the folder from construction until `release`. Raises VaultInUse when somebody else does."""

    def __init__(self, folder: Path) -> None:
        with disk_troubles():
            self._file: BinaryIO | None = (folder / NAME).open("ab", buffering=0)
        try:
            _lock(self._file)
        except OSError as error:
            self.release()
            message = "Homeward is already open on this store. Use the window that is open, or close it first."
            raise VaultInUse(message) from error

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
