"""The pages of paper kept beside a record, in a note of their own: read, and taken out where they are another’s."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record.editing import open_record, remove_row, seal
from desktop.store.disk.errors import AttachmentMissing, AttachmentRefused

PAPER = "paper"  # the group of pages in a note
_SHOWN = 1400  # pixels on the longer side
_PAGE, _LAST = re.compile(r"Page (\d+) of "), 1_000


@dataclass(frozen=True, slots=True)
class KeptPage:
    """`picture` is None where this laptop does not have it yet."""

    row_id: str
    name: str
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class KeptPages:
    """Of which record, and its pages in the order of the sheet."""

    title: str
    pages: tuple[KeptPage, ...]


def papers_of(desk: Desk, record_id: str) -> int:
    """How many pages are kept beside a record."""
    return len(rows_kept(desk, record_id))


def pages_kept(desk: Desk, record_id: str) -> KeptPages:
    """As pictures for a screen. Raises UnknownRecord."""
    about = open_record(desk, record_id)
    rows = rows_kept(desk, record_id)
    pages = tuple(KeptPage(str(one["id"]), str(one.get("page") or "A page"), _picture(desk, one)) for one in rows)
    return KeptPages(f"{about.definition.title}, {about.child.name}", tuple(sorted(pages, key=_place)))


def take_out(desk: Desk, record_id: str, row_id: str) -> None:
    """A page that stands beside the wrong record. That it was there stays in the history."""
    holder = paper_id(record_id)
    remove_row(desk, holder, PAPER, row_id)
    seal(desk, holder)


def _place(page: KeptPage) -> tuple[int, str]:
    """Those without a mark last."""
    number = _PAGE.match(page.name)
    return (int(number[1]) if number else _LAST, page.name)


def _picture(desk: Desk, row: Mapping[str, JSON]) -> bytes | None:
    file = row.get("file")
    try:
        return desk.vault.attachments.scaled(str(file["sha256"]), _SHOWN) if isinstance(file, Mapping) else None
    except (AttachmentMissing, AttachmentRefused):
        return None


def rows_kept(desk: Desk, record_id: str) -> list[dict[str, JSON]]:
    view = desk.vault.view(paper_id(record_id), drafts=True)
    return [view.row_answers(PAPER, row.id) for row in view.rows(PAPER)]


def paper_id(record_id: str) -> str:
    return f"{record_id}.paper"
