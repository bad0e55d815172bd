"""What is seen of a file before it is read as a PDF: cheap enough for whatever anybody may send."""

from __future__ import annotations

import io
from typing import BinaryIO

from casework.errors import NotOurPdf

MAX_BYTES = 200 * 1024 * 1024
_BEGINS = 1024  # bytes in which a PDF says that it is one
UNREAD = "This PDF cannot be read here, so nothing can be said about its signature. Ask for a fresh copy."


def look(stream: BinaryIO) -> None:
    """Raises NotOurPdf for what is too large, or is no PDF at all."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > MAX_BYTES:
        message = f"This file is larger than {MAX_BYTES // 1024**2} MB, more than any document of Homeward."
        raise NotOurPdf(message)
    if b"%PDF-" not in stream.read(_BEGINS):
        message = "This is not a PDF that Homeward signed."
        raise NotOurPdf(message)
