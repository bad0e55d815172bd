"""A copy as it would be, before it leaves: to be looked at, and printed. Nothing of it is written to disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.errors import DocumentError
from casework.practice.consent import CopyRule
from desktop.flows.desk import Desk
from desktop.flows.practice_paper import on_paper, paper_name
from desktop.flows.record.editing import OpenRecord, open_record
from desktop.flows.signing.copy_log import Given, note_copy
from desktop.flows.signing.exporting import (
    CopyChoice,
    any_paper,
    copies,
    drawn,
    rule_named,
    rules_of,
    why_not_live,
)
from desktop.flows.signing.letter_copy import LETTER_COPY, LETTER_RULE, is_letter
from desktop.paths import write_new


@dataclass(frozen=True, slots=True)
class Looked:
    """`pdf`: the pages, sealed by nobody; `copies`: every other that may be made; `warning`: of a replaced plan."""

    record: OpenRecord
    pdf: bytes
    copy: str
    copies: tuple[CopyChoice, ...]
    warning: str

    @property
    def is_draft(self) -> bool:
        return not self.record.locked


def look_at(desk: Desk, record_id: str, copy: str = "") -> Looked:
    """The first copy that may be made, unless one is named. A draft says on each page that it is one. Raises
    DocumentError for a copy that may not be made, and for a letter that was not sent."""
    record = open_record(desk, record_id)
    allowed = tuple(choice for choice in copies(desk, record_id) if choice.allowed and _is_there(record, choice.name))
    if not allowed:
        message = "No copy of this record may be made by you."
        raise DocumentError(message)
    name = copy or allowed[0].name
    with on_paper(desk):
        pdf = drawn(any_paper(desk, record, _rule(desk, record, name)))
    return Looked(record, pdf, name, allowed, why_not_live(desk, record) if record.locked else "")


def was_printed(desk: Desk, record_id: str, copy: str, to_whom: str) -> None:
    """Paper is a copy like any other: of a signed record it stands in the log of copies, of a draft in the trail."""
    record = open_record(desk, record_id)
    title = _rule(desk, record, copy).title
    if record.locked and not is_letter(record):
        note_copy(desk, record_id, copy=copy, title=title, given=Given(to_whom, "printed"))
    desk.vault.audit.add("printed", record=record_id, copy=copy, to=to_whom or title)


def save_draft(desk: Desk, record_id: str, copy: str, to: Path) -> Path:
    """The pages of a draft, each marked as one, sealed by nobody. Raises DocumentError for a signed record."""
    found = look_at(desk, record_id, copy)
    if not found.is_draft:
        message = "This record is signed: export it without --draft, so that its copy can be checked."
        raise DocumentError(message)
    to = paper_name(desk, to)
    write_new(to, found.pdf)
    desk.vault.audit.add("draft_saved", record=record_id, copy=found.copy)
    return to


def _is_there(record: OpenRecord, copy: str) -> bool:
    """A letter that was not sent has no page of its own yet."""
    return copy != LETTER_COPY or record.locked


def _rule(desk: Desk, record: OpenRecord, copy: str) -> CopyRule:
    if copy == LETTER_COPY and is_letter(record):
        if not record.locked:
            message = "This letter has not been sent. Its own page shows it as it would go."
            raise DocumentError(message)
        return LETTER_RULE
    return rule_named(rules_of(desk, record), copy)
