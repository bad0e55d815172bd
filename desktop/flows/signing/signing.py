"""Checking a record and signing it: after that it never changes, and anyone can see that it has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import counted
from casework.errors import NotJoined, SignatureRefused
from casework.forms import Finding, Question, QuestionType
from casework.forms.findings import said_once
from casework.practice.manager_check import COMMISSIONED
from casework.practice.roles import reach_of
from casework.records import Change, field_path
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord, open_record, save, seal
from desktop.flows.record.making_notices import tell
from desktop.flows.signing.carried_up import carry_up
from desktop.flows.signing.roll_decided import carry_decision, decision_stops
from desktop.flows.signing.signs_without_shape import unprintable
from desktop.flows.signing.team_asked import carry_asked
from desktop.flows.signing.visit_told_back import is_told_by_signing, note_told, request_stops

SIGN_LATER = (
    "A record is signed as an officer of the council, so it can be signed once this laptop has joined one. It is kept "
    "here as a draft until then. Join under Settings, or with: homeward enrol ADDRESS CODE"
)
CHANGED = "Something a colleague wrote has come since you read this. Look at the answers again, then sign."


class ChangedSince(SignatureRefused):
    """The record is not what its signer read."""


@dataclass(frozen=True)
class Check:
    """`stops` must be answered before signing; `gaps` are questions left unanswered that need not be.

    `from_others`: the operations of other laptops that this shows; a signer has read these and no more.
    """

    record: OpenRecord
    stops: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    gaps: tuple[Question, ...]
    from_others: frozenset[str]

    @property
    def ready(self) -> bool:
        return not self.stops and not self.record.view.conflicts and not self.record.locked

    @property
    def gaps_line(self) -> str:
        if not self.gaps:
            return "Every question has an answer."
        these = "it" if len(self.gaps) == 1 else "them"
        return f"{counted(len(self.gaps), 'answer')} not provided. You can sign without {these}."


def check(desk: Desk, record_id: str) -> Check:
    from_others = _from_others(desk, record_id)
    record = open_record(desk, record_id)
    once = said_once(*([finding] for finding in record.findings))
    asked = (f for f in once if f.blocks_signing and not _is_own_ink(record, f))
    stops = (*asked, *decision_stops(desk, record), *request_stops(desk, record), *_commission_stops(desk, record))
    others = (f for f in record.findings if not f.blocks_signing and not is_told_by_signing(desk, record, f))
    advice = (*unprintable(record), *others)
    return Check(record, stops, advice, tuple(_gaps(record)), from_others)


def sign(desk: Desk, record_id: str, *, name: str, passphrase: str, ink: JSON = None, read: Check | None = None) -> str:
    """Locks the record; returns the id of the signature. `ink` is strokes, or None for the typed name.

    `read`: what the signer has in front of them. Raises WrongPassphrase, RecordLocked, ChangedSince, or
    SignatureRefused with everything that is still missing.
    """
    _refuse_before_joining(desk)
    desk.vault.check_passphrase(passphrase)
    if not name.strip():
        message = "Enter your name to sign."
        raise SignatureRefused(message)
    found = check(desk, record_id)
    if read is not None and found.from_others != read.from_others:
        raise ChangedSince(CHANGED)
    if found.stops:
        raise SignatureRefused(_refusal(found.stops))
    return lock_record(desk, record_id, name=name, ink=ink)


def lock_record(desk: Desk, record_id: str, *, name: str, ink: JSON) -> str:
    """The signature itself, for a record that was checked and a signer whose passphrase was."""
    _refuse_before_joining(desk)
    _put_ink(desk, record_id, ink or {"typed": name.strip()})
    note_told(desk, record_id)
    seal(desk, record_id)
    view = desk.vault.view(record_id)
    author = desk.author
    standing = {"role": desk.officer.role, "council": desk.officer.council, "device": desk.device.name}
    operation = desk.vault.author(lambda stamp: author.sign(stamp, view, name=name.strip(), ink=ink, standing=standing))
    desk.vault.audit.add("signed", record=record_id)
    carry_up(desk, view)
    carry_decision(desk, view)
    carry_asked(desk, view)
    tell(desk, record_id, view.answers(), signed=True)
    return operation.op_id


def amend(desk: Desk, record_id: str, *, question: str, value: JSON, reason: str, name: str, passphrase: str) -> str:
    """A signed correction beside a signed record; nothing in the record itself changes."""
    desk.vault.check_passphrase(passphrase)
    if not reason.strip():
        message = "Say why the record needs a correction."
        raise SignatureRefused(message)
    view, author = desk.vault.view(record_id), desk.author
    changes = [Change(field_path(question), value, view.saw(field_path(question)))]
    operation = desk.vault.author(
        lambda stamp: author.amend(stamp, view, changes=changes, reason=reason.strip(), name=name.strip())
    )
    desk.vault.audit.add("corrected", record=record_id)
    tell(desk, record_id, view.answers(), signed=True)  # what was checked is to be checked again
    return operation.op_id


def may_sign_here(desk: Desk) -> bool:
    """Practice may: nobody outside it ever sees what was signed there."""
    return desk.has_joined or desk.is_practice


def _refuse_before_joining(desk: Desk) -> None:
    if not may_sign_here(desk):
        raise NotJoined(SIGN_LATER)


def _from_others(desk: Desk, record_id: str) -> frozenset[str]:
    own = desk.writes_as
    return frozenset(op.op_id for op in desk.vault.operations(record_id) if op.device_id != own)


def _put_ink(desk: Desk, record_id: str, ink: JSON) -> None:
    """The officer's signature is an answer too, so that the content hash covers it."""
    record = open_record(desk, record_id)
    question = record.definition.by_id.get("worker_ink")
    if question is not None and question.id in record.shown and not record.locked:
        save(desk, record_id, field_path(question.id), ink)


def _is_own_ink(record: OpenRecord, finding: Finding) -> bool:
    """The officer's own signature is asked for by signing, not before it."""
    return finding.question_id == "worker_ink" and finding.kind == "missing" and not record.locked


def _refusal(stops: tuple[Finding, ...]) -> str:
    listed = " ".join(finding.text if finding.text.endswith(".") else f"{finding.text}." for finding in stops[:5])
    more = f" And {len(stops) - 5} more." if len(stops) > 5 else ""
    return f"This record cannot be signed yet. {listed}{more}"


def _commission_stops(desk: Desk, record: OpenRecord) -> Iterator[Finding]:
    """Who holds an interview for another agency says so, for its manager's check hangs on it (S0)."""
    is_unsaid = record.answers.get("interviewer_type") != COMMISSIONED and not record.locked
    if record.definition.id == "return_home_interview" and is_unsaid and reach_of(desk.officer.role).by_commission:
        section = record.definition.section_of["interviewer_type"]
        say = "You were asked to hold this interview: choose “Another agency we asked”. A manager checks it afterwards."
        yield Finding("interviewer_type", None, "contradiction", say, True, "S0", section_id=section.id)


def _gaps(record: OpenRecord) -> list[Question]:
    silent = {QuestionType.COMPUTED, QuestionType.INK}
    shown = [q for q in record.definition.questions() if q.id in record.shown and q.type not in silent]
    return [question for question in shown if record.answers.get(question.id) in (None, "", [])]
