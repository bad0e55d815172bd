"""A file and words in a form that a browser sends (RFC 7578), read where they lie in memory: on no disk."""

from __future__ import annotations

import re

from central.database.errors import Refused

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*?\bboundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70}?)"?\s*(?:;.*)?', re.I)
_MOST_HEAD = 4096  # bytes that say what a part is
_NONE = "Choose a PDF first, and then press the button."


def file_in(body: bytes, content_type: str, field: str) -> bytes:
    """Raises Refused where no file was chosen, or the form is not one."""
    found = _BOUNDARY.fullmatch(content_type)
    if found is None:
        raise Refused(400, "malformed", _NONE)
    part = _part(body, b"--" + found[1].encode(), f'name="{field}"'.encode())
    if not part:
        raise Refused(400, "malformed", _NONE)
    return part


def words_in(body: bytes, content_type: str, field: str, most: int) -> str:
    """What was typed in a field that may be left empty. Raises Refused for more than that many bytes."""
    found = _BOUNDARY.fullmatch(content_type)
    part = _part(body, b"--" + found[1].encode(), f'name="{field}"'.encode()) if found else b""
    if len(part) > most:
        raise Refused(400, "malformed", "That password is longer than any that a PDF opens with.")
    return part.decode(errors="replace").strip()


def _part(body: bytes, line: bytes, named: bytes) -> bytes:
    """What stands between two lines of the boundary, under the head that names the field; empty where there is none."""
    at = 0 if body.startswith(line) else -1
    while at >= 0:
        begins = at + len(line)
        head_ends = body.find(b"\r\n\r\n", begins, begins + _MOST_HEAD)
        at = body.find(b"\r\n" + line, begins)
        if 0 <= head_ends < at and _is_of(body[begins:head_ends], named):
            return body[head_ends + 4 : at]
    return b""


def _is_of(head: bytes, named: bytes) -> bool:
    """Of the field that is wanted, and of no other whose file is called so."""
    about = next((each for each in head.lower().split(b"\r\n") if each.startswith(b"content-disposition:")), b"")
    return named in (part.strip() for part in about.split(b";"))
