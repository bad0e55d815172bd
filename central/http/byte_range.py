"""A file, or the part of one that a laptop still lacks (RFC 9110, 14): what broke off goes on from where it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from starlette.responses import Response, StreamingResponse

from central.database.errors import Refused

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
Read = Callable[[int, int], Iterator[bytes]]  # from the first byte to the one after the last


def part_of(asked: str, size: int, read: Read) -> Response:
    """`asked`: the Range header. Raises Refused for a part after the end."""
    start, stop = _span(asked, size)
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "bytes", "Content-Length": str(stop - start)}
    status = 206 if (start, stop) != (0, size) else 200
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return StreamingResponse(read(start, stop), status, headers, media_type="application/octet-stream")


def _span(asked: str, size: int) -> tuple[int, int]:
    match = _RANGE.fullmatch(asked)
    if match is None:
        return 0, size
    start = int(match[1])
    stop = min(size, int(match[2]) + 1) if match[2] else size
    if start >= stop:
        raise Refused(416, "range", "The file ends before that.", **{"Content-Range": f"bytes */{size}"})
    return start, stop
