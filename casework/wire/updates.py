"""A newer Homeward that a council offers its laptops: what two keepers signed of it, and what a laptop asks of that.

The signature is the council root's, which every laptop pinned when it joined; the running service does not hold it.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta

from casework.version_order import VERSION_PATTERN
from casework.wire.message import NO_NUL, Hex64, Message

System = Literal["debian", "windows", "macos"]
SYSTEMS: tuple[str, ...] = get_args(System)
SYSTEM_OF = {".deb": "debian", ".msi": "windows", ".exe": "windows", ".pkg": "macos", ".dmg": "macos"}
FILE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._+~-]{0,119}\Z"  # no folder, and nothing that hides
MOST_BYTES = 400_000_000
MOST_TEXT = 4000

ReleaseName = Annotated[str, Meta(pattern=VERSION_PATTERN)]


class Manifest(Message):
    """`since`: the oldest version it may be put over, empty for any; `by`: the keepers who signed."""

    do: Literal["update"]
    version: ReleaseName
    system: System
    file: Annotated[str, Meta(pattern=FILE_PATTERN)]
    sha256: Hex64
    bytes: Annotated[int, Meta(ge=1, le=MOST_BYTES)]
    since: Annotated[str, Meta(pattern=rf"^\Z|{VERSION_PATTERN}")]
    at: Annotated[str, Meta(max_length=40, pattern=NO_NUL)]
    by: Annotated[list[Annotated[str, Meta(max_length=200, pattern=NO_NUL)]], Meta(max_length=9)]


class OfferedUpdate(Message):
    """`text` is the manifest as signed; the signature is in hexadecimal."""

    text: Annotated[str, Meta(max_length=MOST_TEXT)]
    signature: Annotated[str, Meta(pattern=r"^[0-9a-f]{16,200}\Z")]
