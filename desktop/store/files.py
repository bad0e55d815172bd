"""Files that a power cut cannot leave half written: write beside, fsync, rename, fsync the folder."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop.store.errors import DiskFull, DiskGone, DiskReadOnly, VaultError, VaultExists

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
        return DiskFull("This disk is full. Make room on it, then save again; what you typed is still here.")
    if error.errno in READ_ONLY:
        return DiskReadOnly("Homeward may not write in its folder, so nothing new can be saved there.")
    return DiskGone("The disk or stick no longer answers. Check that it is still plugged in, then try again.")


def write_atomically(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """After a power cut at any step, `path` holds either its old bytes or its new ones."""
    beside = path.with_name(path.name + ".new")
    with disk_troubles():
        try:
            with beside.open("wb") as file:
                private(file)
                write(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextlib.contextmanager
def built_beside(folder: Path) -> Iterator[Path]:
    """A folder to build in, moved to `folder` whole once the block ends well. Raises VaultExists."""
    with disk_troubles():
        if folder.exists() and any(folder.iterdir()):
            message = f"There is something in “{folder.name}” already. Choose another folder."
            raise VaultExists(message)
        making = folder.with_name(folder.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
        try:
            yield making
            sync_folder(making)
            if folder.exists():
                folder.rmdir()
            making.rename(folder)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        sync_folder(folder.parent)


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
