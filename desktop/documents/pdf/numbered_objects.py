"""The objects of a PDF, one after the other: each is written once, as bytes, and others name it by its number."""

from __future__ import annotations

import re
import zlib
from itertools import accumulate

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # PDF/A-3 is an ISO 32000-1 format; the second line says that bytes follow
_PLAIN = re.compile(r"[ -~]*")
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class NumberedObjects:
    """Written all at once at the end: nothing in it says when that was."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """A number for what is written later."""
        self._bodies.append(b"")
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        self._bodies[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, data: bytes, entries: str = "") -> int:
        """As it is given; `entries` say how it was packed, if it was."""
        number = self.reserve()
        head = f"<<{entries}/Length {len(data)}>>".encode("latin-1")
        self._bodies[number - 1] = b"".join((head, b"\nstream\r\n", data, b"\nendstream"))
        return number

    def written(self, catalogue: int, name: bytes) -> bytes:
        parts = [f"{number} 0 obj\n".encode() + body + b"\nendobj\n" for number, body in enumerate(self._bodies, 1)]
        begins = list(accumulate(map(len, parts), initial=len(_HEAD)))
        places = "".join(f"{begin:010d} 00000 n \n" for begin in begins[:-1])
        size, named = len(parts) + 1, name.hex()
        end = (
            f"xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n"
            f"<</Size {size}/Root {ref(catalogue)}/ID[<{named}><{named}>]>>\nstartxref\n{begins[-1]}\n%%EOF\n"
        )
        return b"".join((_HEAD, *parts, end.encode()))


def ref(number: int) -> str:
    return f"{number} 0 R"


def refs(numbers: list[int]) -> str:
    return f"[{' '.join(map(ref, numbers))}]"


def text_string(words: str) -> str:
    """For a person to read: as letters where it is plain, else as UTF-16."""
    if _PLAIN.fullmatch(words):
        return f"({words.translate(_ESCAPED)})"
    return f"<FEFF{utf16(words)}>"


def utf16(words: str) -> str:
    return words.encode("utf-16-be", errors="replace").hex().upper()


def packed(data: bytes) -> bytes:
    return zlib.compress(data)


PACKED = "/Filter/FlateDecode"
