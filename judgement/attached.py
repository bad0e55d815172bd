"""Reading back what Homeward put into a document beside its pages."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.canonical import JSON, parse
from casework.dates_in_words import day_and_time
from casework.errors import KnownError
from casework.identifiers import OfficerId

NAME = "record.json"
_MOST = 32 * 1024 * 1024
_MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True)
class AttachedRecord:
    """`values` as they stand in the file, which anybody may have written: nothing in them is trusted."""

    values: Mapping[str, JSON]

    @property
    def is_record(self) -> bool:
        return bool(self.signed_by and self._text("form"))

    @property
    def is_of_before(self) -> bool:
        """Made before copies stated what they can be held to. Such a file has one name in it, its signer's."""
        return not self.values.keys() & {"copy_hash", "page_hash", "made", "made_with"}

    @property
    def record(self) -> str:
        return self._text("record")

    @property
    def copy(self) -> str:
        return self._text("copy")

    @property
    def copy_hash(self) -> str:
        return self._text("copy_hash")

    @property
    def page_hash(self) -> str:
        return self._text("page_hash")

    @property
    def signed_by(self) -> str:
        return self._text("signed_by")

    @property
    def signed_at(self) -> str:
        try:
            return day_and_time(datetime.fromisoformat(self._text("signed_at")))
        except ValueError:
            return "a time it does not state"

    @property
    def made_by(self) -> str:
        return self._text("by", self._made)

    @property
    def is_practice(self) -> bool:
        """Made while somebody practised, of an invented child."""
        return self.values.get("practice") is True

    @property
    def leaves_room(self) -> bool:
        return self.values.get("leaves_room") is True

    @property
    def checked(self) -> tuple[str, str]:
        """The manager whose check stands on the page, and their number, as whoever sealed it says."""
        return self._text("by", self._checked), self._text("by_officer", self._checked)

    @property
    def checked_at(self) -> str:
        try:
            return day_and_time(datetime.fromisoformat(self._text("at", self._checked)))
        except ValueError:
            return "a day it does not state"

    @property
    def sealed_by(self) -> str:
        return self.made_by or self.signed_by

    def is_sealed_by(self, name: str, officer_id: OfficerId) -> bool:
        """By the officer's number where both state it; a document of before it did is held to the name."""
        expected = self._text("by_officer", self._made) if self._made else self._text("signed_by_officer")
        if expected and officer_id:
            return expected == officer_id
        return self.sealed_by.encode()[:64].decode(errors="ignore") == name

    @property
    def _checked(self) -> Mapping[str, JSON]:
        checked = self.values.get("checked")
        return checked if isinstance(checked, Mapping) else {}

    @property
    def _made(self) -> Mapping[str, JSON]:
        made = self.values.get("made")
        return made if isinstance(made, Mapping) else {}

    def _text(self, name: str, values: Mapping[str, JSON] | None = None) -> str:
        found = (self.values if values is None else values).get(name)
        return found if isinstance(found, str) else ""


def attached_in(reader: PdfFileReader) -> AttachedRecord | None:
    """None for a file of another program."""
    try:
        names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
        data = names[1]["/EF"]["/F"].data
        values = parse(data) if names[0] == NAME and len(data) <= _MOST else None
    except (
        PdfError,
        KnownError,
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        AttributeError,
        RecursionError,
        ArithmeticError,
    ):
        return None
    return AttachedRecord(values) if isinstance(values, dict) else None


def page_hash_of(document: bytes) -> str:
    return page_hash(PdfFileReader(io.BytesIO(document)))


def page_hash(reader: PdfFileReader) -> str:
    """Over every drawing of every page: changes with a word, a line or a picture, and with their order."""
    count = min(int(reader.root["/Pages"]["/Count"]), _MOST_PAGES)
    pages = (reader.find_page_for_modification(number)[0].get_object() for number in range(count))
    return hash_of_pages([part.encoded_data for part in _streams(page)] for page in pages)


def hash_of_pages(pages: Iterable[Iterable[bytes]]) -> str:
    """Of each page what it draws and draws with, as it lies in the file: pictures stay packed."""
    whole = hashlib.sha256()
    for parts in pages:
        for part in parts:
            whole.update(hashlib.sha256(part).digest())
        whole.update(b"page")
    return whole.hexdigest()


def _streams(page: Any) -> list[Any]:
    contents = page["/Contents"]
    found = [one.get_object() for one in contents] if isinstance(contents, list) else [contents]
    resources = _in(page, "/Resources")
    for kind in ("/XObject", "/Font"):
        held = _in(resources, kind)
        found += [made for name in sorted(held) for made in _data_of(held[name])]
    return found


def _data_of(held: Any) -> list[Any]:
    """A picture; or of a font what its letters are read as, which outline each draws, and how those look."""
    if isinstance(held, generic.StreamObject):
        return [held]
    below = _in(held, "/DescendantFonts")
    font = below[0].get_object() if below else {}
    parts = (_in(held, "/ToUnicode"), _in(font, "/CIDToGIDMap"), _in(_in(font, "/FontDescriptor"), "/FontFile2"))
    return [part for part in parts if isinstance(part, generic.StreamObject)]


def _in(values: Any, name: str) -> Any:
    """What it names, followed to where it stands; nothing if it is not there."""
    return values[name] if name in values else {}  # noqa: SIM401 - only [] follows references
