"""What a file really is, by its first bytes; its name only has to agree."""

from __future__ import annotations

import re
from pathlib import PurePath

from desktop.store.disk.errors import AttachmentRefused

HEAD = 8192
PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp", "image/heic", "image/avif"}
)
_BEGINNINGS = tuple(
    (re.compile(begins, re.DOTALL), found)
    for begins, found in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"II\*\0|MM\0\*", "image/tiff"),
        (rb"RIFF....WEBP", "image/webp"),
        (rb"....ftypavi[fs]|....ftyp(mif1|msf1).{4,24}avi[fs]", "image/avif"),
        (rb"....ftyp(heic|heix|hevc|mif1|msf1|heim|heis)", "image/heic"),
        (rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", "image/bmp"),  # a note may begin with these letters
        (rb"\s{0,1000}%PDF-", "application/pdf"),
    )
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = b"PK\x03\x04"
_ZIPPED = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"word/document", _OFFICE + "wordprocessingml.document"),
    (b"xl/workbook", _OFFICE + "spreadsheetml.sheet"),
)
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif")
_BY_ENDING = dict.fromkeys(_ENDINGS, PICTURES) | {".pdf": frozenset({"application/pdf"})}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes, name: str) -> str:
    """The media type. Raises AttachmentRefused for what Homeward does not keep, and for a name that tells otherwise."""
    if not head:
        message = f"“{name}” is empty: there is nothing in it to keep. Save it again, or choose another file."
        raise AttachmentRefused(message)
    if head.startswith(_UTF16):
        message = (
            f"“{name}” is text in a form called UTF-16, which other programs may show as signs. "
            "Open it, save it with the encoding UTF-8, then add it."
        )
        raise AttachmentRefused(message)
    found = kind_of(head)
    allowed = _BY_ENDING.get(PurePath(name).suffix.lower())
    if not found or (allowed and found not in allowed):
        message = (
            f"“{name}” is not a picture or document that Homeward can keep. "
            "It takes JPEG, PNG, HEIC, AVIF, WebP, GIF, TIFF and BMP pictures, PDF, Word, Excel, OpenDocument "
            "and plain text."
        )
        raise AttachmentRefused(message)
    return found


def kind_of(head: bytes) -> str:
    """Empty for what Homeward does not know."""
    for begins, found in _BEGINNINGS:
        if begins.match(head):
            return found
    if head.startswith(_ZIP):
        return next((found for mark, found in _ZIPPED if mark in head), "")
    return "text/plain" if _is_text(head) else ""


def hides_its_kind(head: bytes) -> bool:
    """An archive whose telling folder comes later than the first bytes: it has to be read whole."""
    return head.startswith(_ZIP) and not kind_of(head)


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters; the last character may be cut by the end of the head."""
    text = head.decode("utf-8", errors="ignore")
    whole = len(text.encode()) >= len(head) - 3
    return bool(head) and whole and not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)
