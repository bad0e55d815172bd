"""Pictures as phones and attackers make them."""

from __future__ import annotations

import io
import struct
from zlib import compress, crc32

from PIL import Image

GPS = 0x8825
MAKE = 0x010F
SECRET = "MarkerCameraOfElmRoad"


def jpeg(width: int = 640, height: int = 480, *, orientation: int = 1, progressive: bool = False) -> bytes:
    """With a place, a camera, a comment, a second preview behind it: all that must go."""
    image = Image.effect_noise((width, height), 60).convert("RGB")
    exif = Image.Exif()
    exif[MAKE] = SECRET
    exif[0x0112] = orientation
    exif.get_ifd(GPS)[2] = (53.0, 25.0, 48.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif, comment=SECRET, progressive=progressive, icc_profile=b"i" * 300)
    return out.getvalue() + b"MotionPhoto" + SECRET.encode()


def png(width: int = 64, height: int = 64) -> bytes:
    image = Image.effect_noise((width, height), 60).convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG")
    data = out.getvalue()
    text = _chunk(b"tEXt", b"Comment\0" + SECRET.encode())
    return data[:33] + text + data[33:] + SECRET.encode()


def webp() -> bytes:
    image = Image.effect_noise((64, 64), 60).convert("RGB")
    exif = Image.Exif()
    exif[MAKE] = SECRET
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "WEBP", exif=exif, xmp=SECRET.encode())
    return out.getvalue()


def other(kind: str, *, pages: int = 1) -> bytes:
    image = Image.effect_noise((40, 30), 60).convert("RGB")
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [image] * (pages - 1)} if pages > 1 else {}
    image.save(out, kind, **more)
    return out.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that claims, and would unpack to, gigabytes."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", compress(bytes(1 << 20))) + _chunk(b"IEND", b"")


def claims_a_gigabyte() -> bytes:
    data = png()
    at = data.index(b"IDAT")
    return data[: at - 4] + struct.pack(">I", 1 << 30) + data[at:]


def thousand_scans() -> bytes:
    """A progressive JPEG whose last scan is repeated until decoding it takes minutes."""
    data = jpeg(64, 64, progressive=True)
    start = data.rindex(b"\xff\xda")
    end = data.index(b"\xff\xd9", start)
    return data[:end] + data[start:end] * 2000 + b"\xff\xd9"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))
