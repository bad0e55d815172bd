"""A blank form that was filled in comes back as a scan: to which record it belongs, and its pages kept beside that one.

They stand with the notes: beside the record and never part of what is signed, in nobody's copy, and there also when the
record was signed long ago.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local
from casework.errors import KnownError, UnknownRecord
from casework.records import cell_path
from desktop.documents.sheets.sheet_mark import SheetId, in_print
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.papers.kept_paper import PAPER, paper_id, rows_kept
from desktop.flows.papers.scanned_pages import ScannedPage, scanned_pages
from desktop.flows.record.attaching import name_in_row
from desktop.flows.record.editing import current_view, new_record, new_row_id, open_record, save, seal
from desktop.flows.record.notes import NOTE, takes_notes
from desktop.store.database.remembered import PRINTED_SHEETS, PrintedSheet
from desktop.store.vault import Summary

ELSEWHERE = (
    "This sheet was printed on another laptop, or so long ago that this one has forgotten it. "
    "Choose the record that it belongs to."
)


@dataclass(frozen=True, slots=True)
class RecordOffered:
    """A record that the pages may belong to."""

    record_id: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """What was found, with nothing kept yet. `pages` stand in the order of the sheet, those without a mark after them;
    `record_id` is empty where a person has to say which."""

    sheet: SheetId | None
    record_id: str
    offered: tuple[RecordOffered, ...]
    pages: tuple[ScannedPage, ...]
    said: tuple[str, ...]

    @property
    def title(self) -> str:
        return next((one.title for one in self.offered if one.record_id == self.record_id), "")


def look_at_scan(desk: Desk, files: Sequence[Path], record_id: str = "") -> FoundSheet:
    """`record_id`: what a person chose. Raises KnownError for what is no scan, and for pages of several sheets."""
    pages = scanned_pages(files)
    sheets = dict.fromkeys(page.mark.sheet for page in pages if page.mark)
    if len(sheets) > 1:
        numbers = ", ".join(in_print(sheet) for sheet in sheets)
        message = f"These pages are of {len(sheets)} sheets: {numbers}. Take one sheet at a time. Nothing was kept."
        raise KnownError(message)
    sheet = next(iter(sheets), None)
    printed = desk.vault.settings.get(PRINTED_SHEETS).get(sheet) if sheet else None
    offered = tuple(_offered(desk, printed, record_id))
    chosen = record_id or _only(offered, printed)
    kept = _kept_before(desk, chosen, sheet)
    wanted, said = _in_order(pages, kept)
    return FoundSheet(sheet, chosen, offered, wanted, (*_whose(sheet, printed, pages, chosen), *said))


def keep_pages(desk: Desk, returned: FoundSheet, record_id: str) -> str:
    """Beside the record, sealed and without a word about where they were made. Says what was kept."""
    about = open_record(desk, record_id)
    if not takes_notes(desk, about.definition.id):
        message = "Your role keeps nothing beside this record. Give the pages to the worker whose record it is."
        raise KnownError(message)
    if not returned.pages:
        message = "There is no page left to keep."
        raise KnownError(message)
    holder = _holder(desk, record_id)
    for number, page in enumerate(returned.pages, 1):
        name = f"{returned.sheet or 'paper'}-{page.mark.page if page.mark else f'unmarked-{number}'}.jpg"
        stored = dict(desk.vault.attachments.add(io.BytesIO(page.picture), name=name, record_id=holder))
        row = new_row_id()
        name_in_row(desk, holder, PAPER, row, stored)
        for column, words in (("page", _named(page)), ("sheet", returned.sheet or "")):
            save(desk, holder, cell_path(PAPER, row, column), words)
    seal(desk, holder)
    desk.vault.audit.add("scanned", record=record_id, pages=len(returned.pages))
    pages = counted(len(returned.pages), "page")
    return f"{pages} kept with {about.definition.title} of {about.child.name}. The files you chose stay where they are."


def as_json(found: FoundSheet) -> dict[str, JSON]:
    return {
        "sheet": found.sheet,
        "record": found.record_id or None,
        "records": [{"record": one.record_id, "title": one.title} for one in found.offered],
        "pages": [{"name": page.name, "page": page.mark.page if page.mark else None} for page in found.pages],
        "said": list(found.said),
    }


def told(found: FoundSheet) -> str:
    """On the command line, before anything is kept."""
    lines = [found.title] if found.title else [f"{one.record_id}  {one.title}" for one in found.offered]
    return "\n".join([*lines, *found.said])


def _offered(desk: Desk, printed: PrintedSheet | None, chosen: str) -> Iterator[RecordOffered]:
    """The record it was printed for; else those of its form, the child's where it names one, the newest first."""
    if chosen or (printed and printed.record_id):
        found = desk.vault.summary(chosen or (printed.record_id if printed else ""))
        if found is None:
            message = "The record that this is for is not on this laptop any more."
            raise UnknownRecord(message)
        yield _offer(desk, found)
        return
    kinds = {"child_id": printed.child_id} if printed and printed.child_id else {}
    written = [
        one for one in desk.vault.summaries(form_id=printed.form if printed else None, **kinds) if one.form_id != NOTE
    ]
    for one in sorted(written, key=lambda one: one.created_at, reverse=True):
        yield _offer(desk, one)


def _offer(desk: Desk, found: Summary) -> RecordOffered:
    begun = day(local(datetime.fromisoformat(found.created_at)).date())
    form = desk.catalogue.form(found.form_id, found.form_version)
    return RecordOffered(found.record_id, f"{form.title}, {child_of(desk, found.child_id).name}, begun {begun}")


def _only(offered: Sequence[RecordOffered], printed: PrintedSheet | None) -> str:
    """Without having been printed here nothing is chosen for anybody, though there be one alone."""
    return offered[0].record_id if printed and len(offered) == 1 else ""


def _whose(
    sheet: SheetId | None, printed: PrintedSheet | None, pages: Sequence[ScannedPage], chosen: str
) -> Iterator[str]:
    if sheet is None:
        yield (
            f"{'No page has' if len(pages) > 1 else 'The page does not have'} a mark that can be read: "
            "it may be torn off, covered, or too dark. Scan it again at 200 dots to the inch, or choose the record."
        )
    elif printed is None:
        yield f"Sheet {in_print(sheet)}. {ELSEWHERE}"
    elif not chosen:
        yield f"Sheet {in_print(sheet)} was printed before its record was begun. Choose the record that it belongs to."


def _in_order(pages: Sequence[ScannedPage], kept: Mapping[str, str]) -> tuple[tuple[ScannedPage, ...], tuple[str, ...]]:
    """Each page of the sheet once, then those without a mark; and what a person has to know of them."""
    marked: dict[int, ScannedPage] = {}
    said: list[str] = []
    for page in pages:
        if page.mark and page.mark.page in marked:
            said.append(f"Page {page.mark.page} is there twice: {page.name} is left out, and stays where it is.")
        elif page.mark and _named(page) in kept:
            said.append(f"{_named(page)} is kept already, and is not kept again.")
        elif page.mark:
            marked[page.mark.page] = page
    unread = [page for page in pages if page.mark is None]
    said += [f"{page.name} has no mark that can be read. It is kept after the others." for page in unread if marked]
    whole = next((page.mark.of for page in pages if page.mark), 0)
    there = {page.mark.page for page in pages if page.mark}
    gone = [n for n in range(1, whole + 1) if n not in there and f"Page {n} of {whole}" not in kept]
    if gone:
        are = "Page {} of {} is" if len(gone) == 1 else "Pages {} of {} are"
        said.append(f"{are.format(_spans(gone), whole)} not among them. What comes later goes to the same place.")
    return (*(marked[number] for number in sorted(marked)), *unread), tuple(said)


def _spans(numbers: Sequence[int]) -> str:
    """“2, 4 to 22”."""
    begins = [n for n in numbers if n - 1 not in numbers]
    ends = [n for n in numbers if n + 1 not in numbers]
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in zip(begins, ends, strict=True))


def _named(page: ScannedPage) -> str:
    return f"Page {page.mark.page} of {page.mark.of}" if page.mark else "A page without a mark"


def _kept_before(desk: Desk, record_id: str, sheet: SheetId | None) -> dict[str, str]:
    """The pages of this sheet that are there already, by their names."""
    if not record_id or sheet is None:
        return {}
    return {str(row.get("page")): str(row["id"]) for row in rows_kept(desk, record_id) if row.get("sheet") == sheet}


def _holder(desk: Desk, record_id: str) -> str:
    holder = paper_id(record_id)
    if not desk.vault.view(holder).form_id:
        about = current_view(desk, record_id)
        new_record(desk, NOTE, about.child_id, {"about": record_id}, strand=about.strand, record_id=holder)
    return holder
