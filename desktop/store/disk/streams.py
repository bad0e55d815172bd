"""Files encrypted in chunks (STREAM over AES-256-GCM): no cut, swap, repeat or changed bit goes unnoticed.

Layout: magic, salt, nonce prefix; then chunks of 64 KiB, each with its tag. A chunk's nonce holds its number and
whether it is the last.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.store.disk.errors import AttachmentDamaged
from desktop.store.disk.files import disk_troubles, put
from desktop.store.disk.keys import expand

MAGIC = b"HWS1"
SALT, PREFIX, TAG = 32, 7, 16
HEADER = len(MAGIC) + SALT + PREFIX
CHUNK = 64 * 1024
Piece: TypeAlias = "bytes | bytearray | memoryview"


def encrypt(key: bytes, pieces: Iterable[Piece], to: BinaryIO) -> None:
    """Never holds more than a chunk beside what the caller hands over."""
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    header = MAGIC + salt + prefix
    put(to, header)
    cipher = _cipher(key, salt)
    for number, (chunk, last) in enumerate(_marked(_chunks(pieces))):
        put(to, cipher.encrypt(_nonce(prefix, number, last=last), chunk, header))


class Decrypted(io.RawIOBase):
    """The plain bytes of an encrypted file, read and sought chunk by chunk in memory. Raises AttachmentDamaged."""

    def __init__(self, key: bytes, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._header = source.read(HEADER)
        if len(self._header) < HEADER or not self._header.startswith(MAGIC):
            raise damaged()
        salt, self._prefix = self._header[4:36], self._header[36:]
        self._cipher = _cipher(key, salt)
        body = source.seek(0, os.SEEK_END) - HEADER
        self._count, rest = divmod(body, CHUNK + TAG)
        is_cut = rest < TAG if self._count == 0 else 0 < rest <= TAG  # only an empty file has an empty chunk
        if is_cut:
            raise damaged()
        self._count += bool(rest)
        self.size = body - self._count * TAG
        self._at = 0
        self._held = (-1, b"")
        if self.size == 0:
            self._chunk(0)  # nothing will ever be read, so it is proved here

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io hands over a memoryview
        number, inside = divmod(self._at, CHUNK)
        chunk = self._chunk(number)[inside : inside + len(buffer)] if self._at < self.size else b""
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)

    def close(self) -> None:
        self._source.close()
        self._held = (-1, b"")
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._held = (number, self._decrypt(number))
        return self._held[1]

    def _decrypt(self, number: int) -> bytes:
        with disk_troubles():
            self._source.seek(HEADER + number * (CHUNK + TAG))
            sealed = self._source.read(CHUNK + TAG)
        nonce = _nonce(self._prefix, number, last=number == self._count - 1)
        try:
            return self._cipher.decrypt(nonce, sealed, self._header)
        except (InvalidTag, ValueError) as error:
            raise damaged() from error


def plain_pieces(source: BinaryIO, size: int = CHUNK) -> Iterator[bytes]:
    while piece := source.read(size):
        yield piece


def damaged() -> AttachmentDamaged:
    return AttachmentDamaged(
        "A photograph or document on this laptop is damaged and cannot be opened. "
        "If it has been sent, the council still has it; otherwise add it again."
    )


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(expand(key, "homeward/1/stream", salt))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def _chunks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Of exactly CHUNK bytes, but for the last; large pieces are cut, not copied."""
    held = bytearray()
    for piece in pieces:
        rest = memoryview(piece)
        if held:
            wanted = CHUNK - len(held)
            held += rest[:wanted]
            rest = rest[wanted:]
            if len(held) < CHUNK:
                continue
            yield bytes(held)
            held.clear()
        while len(rest) >= CHUNK:
            yield rest[:CHUNK]
            rest = rest[CHUNK:]
        held += rest
    if held:
        yield bytes(held)


def _marked(chunks: Iterator[Piece]) -> Iterator[tuple[Piece, bool]]:
    """Each with whether it is the last; an empty file has one empty chunk."""
    before = next(chunks, b"")
    for chunk in chunks:
        yield before, False
        before = chunk
    yield before, True
