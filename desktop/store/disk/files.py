"""Files that a power cut cannot leave half written: write beside, fsync, rename, fsync the folder."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop.store.disk.errors import NO_ROOM, NO_WRITING, DiskFull, DiskGone, DiskReadOnly, VaultError, VaultExists
from desktop.store.disk.on_failure import on_failure

MAKING = ".making-"  # how the name of a folder begins that is still being built
LEAST_ROOM = 256 * 1024  # bytes: less, and a database finds no room for what it shares with its readers
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextlib.contextmanager
def disk_troubles() -> Iterator[None]:
    """Turns what the operating system says about a disk into a sentence."""
    try:
        yield
    except OSError as error:
        raise trouble(error) from error


def trouble(error: OSError) -> VaultError:
    if error.errno in FULL:
        return DiskFull(NO_ROOM)
    if error.errno in READ_ONLY:
        return DiskReadOnly(NO_WRITING)
    return DiskGone("The disk or stick no longer answers. Check that it is still plugged in, then try again.")


@contextlib.contextmanager
def told_when_full(folder: Path) -> Iterator[None]:
    """Of a disk without room SQLite says, while it opens, only that something could not be read or written."""
    try:
        yield
    except DiskGone as error:
        with disk_troubles():
            free = shutil.disk_usage(folder).free
        if free < LEAST_ROOM:
            raise DiskFull(NO_ROOM) from error
        raise


def write_atomically(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """After a power cut at any step, `path` holds either its old bytes or its new ones."""
    beside = path.with_name(path.name + ".new")
    with disk_troubles():
        with on_failure(lambda: beside.unlink(missing_ok=True)):
            with beside.open("wb") as file:
                private(file)
                write(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        sync_folder(path.parent)


@contextlib.contextmanager
def built_beside(folder: Path) -> Iterator[Path]:
    """A folder of its own to build in, moved to `folder` whole once the block ends well. Raises VaultExists, also when
    somebody else was there first: what they built stays."""
    with disk_troubles():
        if folder.exists() and any(folder.iterdir()):
            raise _taken(folder)
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder.parent)
        import tempfile  # noqa: PLC0415 - a store is made once

        making = Path(tempfile.mkdtemp(prefix=f"{MAKING}{folder.name}-", dir=folder.parent))
        with on_failure(lambda: shutil.rmtree(making, ignore_errors=True)):
            yield making
            sync_folder(making)
            _move_in(making, folder)
        sync_folder(folder.parent)


def _sweep(folder: Path) -> None:
    """What a kill left half built a day ago or longer: nobody is at work on it any more."""
    long_ago = time.time() - 24 * 60 * 60
    for left in folder.glob(f"{MAKING}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < long_ago:
                shutil.rmtree(left, ignore_errors=True)


def _move_in(making: Path, folder: Path) -> None:
    try:
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise _taken(folder) from error
        raise


def _taken(folder: Path) -> VaultExists:
    return VaultExists(f"There is something in “{folder.name}” already. Choose another folder.")


def put(file: BinaryIO, data: bytes) -> None:
    """All of it: an unbuffered file may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def private(file: BinaryIO) -> None:
    """Readable by its owner only, where the system has such a thing."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a FAT stick knows no owners
            os.fchmod(file.fileno(), 0o600)


def sync_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A rename is durable only once its folder is; Windows has no such call and does it itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def overwrite_and_remove(path: Path) -> None:
    """One pass of zeros before the name goes; on a solid-state disk only losing the key itself counts."""
    with disk_troubles():
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)
