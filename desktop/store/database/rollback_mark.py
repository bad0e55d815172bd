"""The mark beside the database: how far it had got. An older database, or one without its WAL, falls short of it."""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from desktop.store.disk.files import disk_troubles, private
from desktop.store.disk.keys import SubKey

NAME = "anchor"
MAGIC = b"HWANCH01"
BODY = struct.Struct(">8sQQ32s")
PLACE = 512  # one sector: written whole or not at all


@dataclass(frozen=True, slots=True)
class Reached:
    """`tally` write transactions, `count` audit entries, and the code of the last."""

    tally: int
    count: int
    mac: bytes


class Anchor:
    """Written after each commit and never waited for: it may lag behind the database, and must not run ahead.

    Two places are used in turn, so that a torn write spoils only the newer.
    """

    def __init__(self, path: Path, key: SubKey) -> None:
        self._key = key
        with disk_troubles():
            path.touch(mode=0o600)
            self._file: BinaryIO = path.open("r+b", buffering=0)
            private(self._file)

    def read(self) -> Reached | None:
        """None when there is no whole mark: new, removed or damaged."""
        with disk_troubles():
            self._file.seek(0)
            data = self._file.read(2 * PLACE)
        found = [self._unpack(data[start : start + PLACE]) for start in (0, PLACE)]
        return max((mark for mark in found if mark), key=lambda mark: mark.tally, default=None)

    def write(self, reached: Reached) -> None:
        body = BODY.pack(MAGIC, reached.tally, reached.count, reached.mac)
        with disk_troubles():
            self._file.seek(PLACE * (reached.tally % 2))
            self._file.write((body + self._code(body)).ljust(PLACE, b"\0"))

    def close(self) -> None:
        self._file.close()

    def _unpack(self, data: bytes) -> Reached | None:
        body, code = data[: BODY.size], data[BODY.size : BODY.size + 32]
        if len(body) < BODY.size or not hmac.compare_digest(code, self._code(body)):
            return None
        _magic, tally, count, mac = BODY.unpack(body)
        return Reached(tally, count, mac)

    def _code(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, sha256).digest()
