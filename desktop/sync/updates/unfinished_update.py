"""A package on its way: beside where it will lie, under a name that says which it is, kept when the network goes."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from casework.wire.updates import Manifest
from desktop.paths import free_for_new
from desktop.sync.updates.update_refused import UpdateBrokenOff, UpdateDamaged, UpdateNotKept

Progress = Callable[[int, int], None]
PIECE = 256 * 1024
_HOW = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class UnfinishedUpdate:
    """Never under its own name before it is whole; never over another file; removed unless it can be gone on with."""

    def __init__(self, manifest: Manifest, folder: Path) -> None:
        """Raises UpdateNotKept; KnownError where a file of its name stands already."""
        self.manifest = manifest
        self._to = folder / manifest.file
        self._part = folder / f".{manifest.file}.{manifest.sha256[:16]}.part"
        free_for_new(self._to)
        try:
            self._file = os.fdopen(_opened(self._part), "a+b")
        except OSError as error:
            raise _not_kept(error) from error
        self._digest = hashlib.sha256()
        self.came = 0
        self._count_what_is_there()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._file.close()
        is_kept = self.came > 0 and (isinstance(error, UpdateBrokenOff) or not isinstance(error, Exception))
        if not is_kept:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_kept(error) from error

    @property
    def is_short(self) -> bool:
        return self.came < self.manifest.bytes

    @property
    def is_right(self) -> bool:
        return self.came == self.manifest.bytes and hmac.compare_digest(self._digest.hexdigest(), self.manifest.sha256)

    def begin_anew(self) -> None:
        self._file.truncate(0)
        self._digest, self.came = hashlib.sha256(), 0

    def take(self, pieces: Iterable[bytes], progress: Progress) -> None:
        """Stops at the first byte too many: what is signed says how many there are. Raises UpdateDamaged for them, and
        for a file that ends too early."""
        for piece in pieces:
            if self.came + len(piece) > self.manifest.bytes:
                raise UpdateDamaged
            self._file.write(piece)
            self._count(piece)
            progress(self.came, self.manifest.bytes)
        if self.is_short:
            raise UpdateDamaged

    def finished(self) -> Path:
        """On the disk, under its own name. Raises UpdateDamaged where it is not what was signed."""
        if not self.is_right:
            raise UpdateDamaged
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()  # Windows renames nothing that is open
        self._part.replace(self._to)
        return self._to

    def _count_what_is_there(self) -> None:
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            self._count(piece)
        if not self.is_short and not self.is_right:
            self.begin_anew()

    def _count(self, piece: bytes) -> None:
        self._digest.update(piece)
        self.came += len(piece)


def _opened(part: Path) -> int:
    """Of a try that broke off, or new. What somebody else may write to is nobody's beginning."""
    handle = os.open(part, _HOW, 0o600)
    if _is_ours_alone(os.fstat(handle)):
        return handle
    os.close(handle)
    part.unlink()
    return os.open(part, _HOW | os.O_EXCL, 0o600)


def _is_ours_alone(found: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):  # Windows asks its own rights, which are those of the folder
        return stat.S_ISREG(found.st_mode)
    is_closed = not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_uid == os.getuid() and is_closed


def _not_kept(error: OSError) -> UpdateNotKept:
    return UpdateNotKept((error.strerror or "unknown reason").lower())
