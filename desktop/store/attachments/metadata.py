"""Takes from a picture all that is not picture: place, time, camera, captions, hidden previews, anything appended.

The coded pixels are kept byte for byte, so nothing is lost and nothing is decoded. Orientation is written anew.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from desktop.store.disk.errors import AttachmentRefused
from desktop.store.disk.streams import Piece

MAX_SCANS = 250  # a progressive photograph has about ten; thousands are an attack on whoever decodes it
UPRIGHT = 1
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


def strip(data: bytes, media_type: str, orientation: int, name: str) -> list[Piece]:
    """The pieces of the bare picture, most of them windows on `data`. Raises AttachmentRefused for a broken one."""
    way = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[media_type]
    try:
        return list(way(data, orientation))
    except (struct.error, IndexError, ValueError) as error:
        raise broken(name) from error


def broken(name: str) -> AttachmentRefused:
    return AttachmentRefused(f"“{name}” is damaged or only part of a picture. Take or send it again.")


def _jpeg(data: bytes, orientation: int) -> Iterator[Piece]:
    view, at, scans = memoryview(data), 2, 0
    yield view[:2]
    if orientation != UPRIGHT:
        yield _segment(0xE1, b"Exif\0\0" + exif(orientation))
    while True:
        at = _next_marker(data, at)
        marker = data[at + 1]
        if marker == 0xD9:
            yield view[at : at + 2]
            return
        end = at + 2 + _length(data, at + 2)
        if marker == 0xDA:
            scans += 1
            end = _end_of_scan(data, end, scans)
            yield view[at:end]
        elif (kept := _kept_segment(view, at, end, marker)) is not None:
            yield kept
        at = end


def _next_marker(data: bytes, at: int) -> int:
    """Markers may be preceded by any number of FF."""
    while data[at] == 0xFF and data[at + 1] == 0xFF:
        at += 1
    if data[at] != 0xFF:
        message = "no marker where one belongs"
        raise ValueError(message)
    return at


def _length(data: bytes, at: int) -> int:
    (length,) = struct.unpack_from(">H", data, at)
    if length < 2 or at + length > len(data):
        message = "a segment longer than the file"
        raise ValueError(message)
    return int(length)


def _end_of_scan(data: bytes, at: int, scans: int) -> int:
    found = _AFTER_SCAN.search(data, at)
    if found is None or scans > MAX_SCANS:
        message = "a scan without an end, or too many"
        raise ValueError(message)
    return found.start()


def _kept_segment(view: memoryview, at: int, end: int, marker: int) -> Piece | None:
    content = bytes(view[at + 4 : min(end, at + 20)])
    if marker == 0xE0:  # the density, without the preview a JFIF header may carry
        return _segment(0xE0, content[:12] + b"\0\0") if content.startswith(b"JFIF\0") else None
    is_colour = (marker == 0xE2 and content.startswith(b"ICC_PROFILE\0")) or (
        marker == 0xEE and content.startswith(b"Adobe")
    )
    is_application = 0xE0 <= marker <= 0xEF or marker == 0xFE
    return view[at:end] if is_colour or not is_application else None


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _png(data: bytes, orientation: int) -> Iterator[Piece]:
    from zlib import crc32  # noqa: PLC0415 - named where its one use is

    view, at = memoryview(data), 8
    yield view[:8]
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            message = "a chunk longer than the file"
            raise ValueError(message)
        if kind in _PNG_KEPT:
            yield view[at:end]
        if kind == b"IHDR" and orientation != UPRIGHT:
            body = b"eXIf" + exif(orientation)
            yield struct.pack(">I", len(body) - 4) + body + struct.pack(">I", crc32(body))
        if kind == b"IEND":
            return
        at = end


def _webp(data: bytes, orientation: int) -> Iterator[Piece]:
    turned = orientation != UPRIGHT
    kept: list[Piece] = []
    view, at = memoryview(data), 12
    whole = 8 + struct.unpack_from("<I", data, 4)[0]
    if whole > len(data):
        message = "shorter than it says"
        raise ValueError(message)
    while at < whole:
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > len(data):
            message = "a chunk longer than the file"
            raise ValueError(message)
        if kind in _WEBP_KEPT:
            kept.append(_webp_header(view[at:end], turned=turned) if kind == b"VP8X" else view[at:end])
        at = end
    if turned:
        block = exif(orientation)
        kept.append(b"EXIF" + struct.pack("<I", len(block)) + block)
    yield b"RIFF" + struct.pack("<I", 4 + sum(len(piece) for piece in kept)) + b"WEBP"
    yield from kept


def _webp_header(piece: memoryview, *, turned: bool) -> bytes:
    header = bytearray(piece)
    header[8] &= ~(_WEBP_EXIF | _WEBP_XMP)
    header[8] |= _WEBP_EXIF if turned else 0
    return bytes(header)


def exif(orientation: int) -> bytes:
    """A TIFF block with one entry: which way is up."""
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
