"""The moment before a visit: when and where, who waits for the call, what is known, and what is still to be asked.

Everything comes from this laptop. What its role does not hold is named, so that nobody takes it for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.canonical import JSON
from casework.dates_in_words import counted, when
from casework.errors import UnknownRecord
from casework.forms import Definition, QuestionType
from casework.practice.council import Contact
from casework.practice.notices.notice_table import VISIT
from casework.practice.roles import MISSING, strands_of
from desktop.flows.case_file import EPISODE, INTERVIEW, PLAN, CaseFile, case_file, clocks_of
from desktop.flows.child.facts import best_way, photo
from desktop.flows.children import Child
from desktop.flows.council.sending import last_heard, waiting_items
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import APPOINTMENT
from desktop.flows.due.missing_matters import matters
from desktop.flows.due.new_record import forms_to_begin
from desktop.flows.papers.known_before import KnownFact, known_already
from desktop.flows.papers.visit_kit import kit
from desktop.flows.papers.visit_safety import Caution, cautions
from desktop.flows.record.editing import new_record, open_record
from desktop.flows.record.linked_records import moment
from desktop.store.vault import Summary

PAST = timedelta(hours=4)  # a visit that began so long ago is over, and the next one is meant
MET_WITH = (INTERVIEW, VISIT, "ehe_visit", APPOINTMENT)  # somebody goes somewhere for these
_MOST_PROMPTS = 8
_IN_WORDS = (QuestionType.NARRATIVE, QuestionType.TEXT)
_RUNG = ("police_urgent", "missing_team", "out_of_hours")


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something that the record still asks, and ways in which a person might put it."""

    asks: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrangedMeeting:
    """Empty where nobody has said it; `check_in` and `at` are None then."""

    record_id: str = ""
    at: datetime | None = None
    where: str = ""
    with_whom: str = ""
    check_in: datetime | None = None
    check_in_with: str = ""


@dataclass(frozen=True)
class BeforeYouGo:
    """`record_id` is the record the visit is for, empty where none is chosen; `changes_time`: this officer may."""

    child: Child
    record_id: str
    title: str
    why: str
    meeting: ArrangedMeeting
    best_way: str
    prompts: tuple[Prompt, ...]
    known: tuple[KnownFact, ...]
    safety: tuple[Caution, ...]
    take: tuple[str, ...]
    due: tuple[str, ...]
    laptop: tuple[str, ...]
    emergency: tuple[Contact, ...]
    changes_time: bool


def before_you_go(desk: Desk, about: str) -> BeforeYouGo:
    """`about`: an appointment, the record that a visit is for, or a child, whose next visit is meant. Raises
    UnknownRecord."""
    view = desk.vault.view(about)
    if not view.form_id:
        message = "That is not on this laptop. Give the id of an appointment, of a record, or of a child."
        raise UnknownRecord(message)
    file = case_file(desk, view.child_id or about)
    planned = _planned(file, about)
    record_id = str(planned.answers.get("about") or "") if planned else ""
    if about not in (file.child.child_id, planned.record_id if planned else ""):
        record_id = about
    record = next((s for held in file.records.values() for s in held if s.record_id == record_id), None)
    language = _interpreter(desk, file.child)
    return BeforeYouGo(
        child=file.child,
        record_id=record.record_id if record else "",
        title=_title(desk, record, planned),
        why=_why(desk, file, record),
        meeting=_meeting(planned),
        best_way=best_way(file),
        prompts=_prompts(desk, record),
        known=known_already(desk, file),
        safety=cautions(desk, file, planned, record),
        take=kit(record.form_id if record else "", language),
        due=tuple(f"{matter.title}. {matter.line}" for matter in matters(file))[:4],
        laptop=tuple(_laptop(desk, file)),
        emergency=_emergency(file),
        changes_time=APPOINTMENT in forms_to_begin(desk),
    )


def time_of_visit(desk: Desk, found: BeforeYouGo) -> str:
    """The appointment to write in, begun where there is none."""
    if found.meeting.record_id:
        return found.meeting.record_id
    known: dict[str, JSON] = {"about": found.record_id} if found.record_id else {}
    if found.title:
        known["what"] = found.title
    return new_record(desk, APPOINTMENT, found.child.child_id, known)


def _planned(file: CaseFile, about: str) -> Summary | None:
    """The appointment meant: the one named, the next about this record, else the child's next."""
    ahead = sorted((s for s in file.of(APPOINTMENT) if _is_ahead(file, s)), key=_at)
    named = [s for s in file.of(APPOINTMENT) if s.record_id == about]
    for_it = [s for s in ahead if s.answers.get("about") == about]
    if about != file.child.child_id and not named:
        return for_it[0] if for_it else None
    return next(iter((*named, *ahead)), None)


def _is_ahead(file: CaseFile, planned: Summary) -> bool:
    at = moment(planned.answers.get("at"))
    return at is not None and at > file.now - PAST and not planned.answers.get("outcome")


def _at(planned: Summary) -> float:
    at = moment(planned.answers.get("at"))
    return at.timestamp() if at else 0.0


def _meeting(planned: Summary | None) -> ArrangedMeeting:
    if planned is None:
        return ArrangedMeeting()
    said = planned.answers
    return ArrangedMeeting(
        record_id=planned.record_id,
        at=moment(said.get("at")),
        where=_text(said, "where"),
        with_whom=_text(said, "with_whom"),
        check_in=moment(said.get("check_in_at")),
        check_in_with=_text(said, "check_in_with"),
    )


def _title(desk: Desk, record: Summary | None, planned: Summary | None) -> str:
    if record is not None:
        return desk.catalogue.form(record.form_id, record.form_version).title
    return _text(planned.answers, "what") if planned else ""


def _why(desk: Desk, file: CaseFile, record: Summary | None) -> str:
    """What it was asked for, or until when its clock runs, where that is known."""
    if record is None:
        return ""
    if record.form_id == INTERVIEW:
        return _clock(desk, file, record)
    definition = desk.catalogue.form(record.form_id, record.form_version)
    asked = [name for name in ("purpose", "visit_kind") if name in definition.by_id and record.answers.get(name)]
    return ". ".join(desk.catalogue.display(definition, name, record.answers[name]) for name in asked)


def _clock(desk: Desk, file: CaseFile, interview: Summary) -> str:
    episode = next((s for s in file.of(EPISODE) if s.record_id == interview.answers.get("episode_id")), None)
    due = clocks_of(desk, episode.answers).h72.due if episode else None
    return f"72 hours end {when(due, file.now)}" if due else ""


def _prompts(desk: Desk, record: Summary | None) -> tuple[Prompt, ...]:
    """What the record still asks of the child or the family, with the form's own ways to put it."""
    if record is None or record.locked:
        return ()
    opened = open_record(desk, record.record_id)
    child = opened.child.first_name
    open_questions = [
        question
        for question in opened.definition.questions()
        if question.id in opened.shown
        and opened.answers.get(question.id) in (None, "", [])
        and (question.ways_to_ask or (question.voice == "child" and question.type in _IN_WORDS))
    ]
    found = (
        Prompt(_worded(q.label, child), tuple(_worded(way, child) for way in q.ways_to_ask)) for q in open_questions
    )
    return tuple(found)[:_MOST_PROMPTS]


def _worded(words: str, child: str) -> str:
    said = words.replace("{child}", child or "the child")
    return said[:1].upper() + said[1:]


def _interpreter(desk: Desk, child: Child) -> str:
    """The language, where one was said to be needed."""
    if child.facts.get("interpreter_needed") is not True:
        return ""
    form: Definition = desk.catalogue.form("child")
    spoken = child.facts.get("language")
    return desk.catalogue.display(form, "language", spoken) if spoken else "the child’s language, not written down yet"


def _laptop(desk: Desk, file: CaseFile) -> Iterator[str]:
    """How fresh, what is here for where there is no network, and what is not."""
    heard = last_heard(desk)
    yield f"Council last heard from: {when(heard, file.now) if heard else 'not yet'}"
    waiting = sum(item.items for item in waiting_items(desk))
    yield f"{counted(waiting, 'item')} waiting to send" if waiting else "Nothing waiting to send"
    held = sum(len(records) for records in file.records.values())
    yield f"{counted(held, 'record')} of {file.child.first_name or 'this child'} here, also without a network"
    taken = photo(desk, file)
    if taken is not None and taken.picture is None:
        yield "The photograph is not on this laptop yet. Send now, while there is a network."
    missing = [desk.catalogue.form(form).title for form in (EPISODE, INTERVIEW, PLAN) if not file.holds(form)]
    if missing and MISSING in strands_of(desk.officer.role):
        yield f"Not kept on this laptop: {', '.join(missing)}"


def _emergency(file: CaseFile) -> tuple[Contact, ...]:
    """Whom to ring at once, where the council's file has their number."""
    named = (file.council.contacts.get(name) for name in _RUNG)
    return tuple(contact for contact in named if contact and contact.phone)


def _text(answers: Mapping[str, JSON], name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""
