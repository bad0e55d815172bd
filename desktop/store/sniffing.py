"""What a file really is, by its first bytes; its name only has to agree."""

from __future__ import annotations

import re
from pathlib import PurePath

from desktop.store.errors import AttachmentRefused

HEAD = 8192
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp"})
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
)
_BY_ENDING = {
    ".jpg": PICTURES,
    ".jpeg": PICTURES,
    ".png": PICTURES,
    ".webp": PICTURES,
    ".gif": PICTURES,
    ".tif": PICTURES,
    ".tiff": PICTURES,
    ".bmp": PICTURES,
    ".pdf": frozenset({"application/pdf"}),
}
_APPLE = re.compile(rb"....ftyp(heic|heix|hevc|mif1|msf1|heim|heis)", re.DOTALL)


def sniff(head: bytes, name: str) -> str:
    """The media type. Raises AttachmentRefused for what Homeward does not keep, and for a name that tells otherwise."""
    found = _type_of(head)
    if _APPLE.match(head):
        message = (
            f"“{name}” is in Apple's HEIC form, which Homeward cannot show. "
            "Save it as a JPEG first, then add it. On the phone: Settings, Camera, Formats, Most Compatible."
        )
        raise AttachmentRefused(message)
    allowed = _BY_ENDING.get(PurePath(name).suffix.lower())
    if not found or (allowed and found not in allowed):
        message = (
            f"“{name}” is not a picture or document that Homeward can keep. "
            "It takes JPEG, PNG, WebP, GIF, TIFF and BMP pictures, PDF, Word, Excel, OpenDocument and plain text."
        )
        raise AttachmentRefused(message)
    return found


def _type_of(head: bytes) -> str:
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return next((found for mark, found in _ZIPPED if mark in head), "")
    return "text/plain" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters; the last character may be cut by the end of the head."""
    text = head.decode("utf-8", errors="ignore")
    whole = len(text.encode()) >= len(head) - 3
    return bool(head) and whole and not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)
