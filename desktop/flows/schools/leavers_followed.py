"""Leavers of schools’ returns, each followed until known to have arrived safe or referred; and schools that owe one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import KnownError, UnknownRecord
from casework.practice.calendar import add_months
from casework.practice.council import Council
from casework.practice.deadlines import Deadline
from casework.practice.education_deadlines import movement_return, school_file
from casework.practice.lives.case_shapes import REFERRAL
from casework.practice.lives.states import rows
from casework.practice.schools.movement_rules import RETURN, is_settled
from desktop.flows.case_file import case_file
from desktop.flows.children import Child, children_like
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.linked_records import open_case
from desktop.flows.schools.taking_in import refuse_who_keeps_no_returns
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class Leaver:
    """`due`: by when the next school should have the pupil’s file, and so the pupil."""

    return_id: str
    row_id: str
    name: str
    born: date | None
    left_school: str
    left_on: date
    destination: str
    address: str
    country: str
    arrived_on: date | None
    arrived_how: str
    referral_id: str
    due: Deadline

    @property
    def is_settled(self) -> bool:
        return self.arrived_on is not None or bool(self.referral_id)


@dataclass(frozen=True, slots=True)
class OwedReturn:
    """A school that has not returned a month whose day has come."""

    school: str
    month: date
    due: date


@dataclass(frozen=True, slots=True)
class ReturnKept:
    record_id: str
    school: str
    month: date
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class Movement:
    """`leavers` that are followed come first, the earliest day first."""

    returns: tuple[ReturnKept, ...]
    leavers: tuple[Leaver, ...]
    owed: tuple[OwedReturn, ...]


def movement(desk: Desk) -> Movement:
    """All that this laptop holds of schools’ returns."""
    held, council = desk.vault.summaries(form_id=RETURN), desk.catalogue.council
    return Movement(
        tuple(sorted(_kept(held), key=lambda one: (-one.month.toordinal(), one.school))),
        leavers_among(held, council),
        owed_among(held, council, local(desk.now()).date()),
    )


def leavers_among(held: Iterable[Summary], council: Council, *, followed: bool = False) -> tuple[Leaver, ...]:
    """A pupil who stands in two records of one return is followed once. `followed`: only those who still are, for years
    of settled ones are not counted anew each time Today is looked at."""
    found = {one.row_id: one for summary in held for one in _leavers(summary, council, followed=followed)}
    return tuple(sorted(found.values(), key=lambda one: (one.is_settled, one.due.due, one.name.casefold())))


def owed_among(held: Iterable[Summary], council: Council, today: date) -> tuple[OwedReturn, ...]:
    """Of the schools the council’s file names; from the first month that any of them returned, for before then none
    was asked for here."""
    came = {(str(one.answers.get("school")).casefold(), str(one.answers.get("month"))) for one in held}
    months = sorted(day for _school, text in came if (day := _day(text)))
    found: list[OwedReturn] = []
    month = months[0] if months else today
    while months and month <= today:
        asked = movement_return(month.year, month.month, council)
        if asked and asked.due < today:
            silent = (one for one in council.schools if (one.casefold(), month.isoformat()) not in came)
            found += [OwedReturn(school, month, asked.due) for school in silent]
        month = add_months(month, 1)
    return tuple(sorted(found, key=lambda one: (one.due, one.school)))


def arrived(desk: Desk, row_id: str, how: str, on: date | None = None) -> Leaver:
    """What shows it is asked for: a family that said it emigrates is not at school there until somebody says so
    (S2 §10). Raises KnownError."""
    leaver = leaver_of(desk, row_id)
    if not how.strip():
        message = "Say what shows that the child has arrived: who at which school said so, and when."
        raise KnownError(message)
    day = on or local(desk.now()).date()
    if not leaver.left_on <= day <= local(desk.now()).date():
        message = "That day is before the child left, or still to come."
        raise KnownError(message)
    _say(desk, leaver, {"arrived_on": day.isoformat(), "arrived_how": how.strip()})
    return leaver_of(desk, row_id)


def refer(desk: Desk, row_id: str, child_id: str = "", *, is_new: bool = False) -> str:
    """The CME referral that begins from a leaver, with the child where nobody has them yet. `child_id`: who it is,
    where somebody on this laptop may be meant; `is_new`: none of them. Raises MayBeHere."""
    leaver = leaver_of(desk, row_id)
    if leaver.referral_id:
        return leaver.referral_id
    child = child_id or editing.child_meant(desk, leaver.name, leaver.born, is_new=is_new)
    waiting = [one.record_id for one in case_file(desk, child).waiting_referrals()]
    here = open_case(desk, REFERRAL, child) or next(iter(waiting), "")
    referral = here or editing.new_record(desk, REFERRAL, child, _known(leaver))
    _say(desk, leaver, {"referral": referral})
    return referral


def who_is_meant(desk: Desk, row_id: str) -> tuple[Child, ...]:
    """The children here already who may be this leaver. Raises UnknownRecord."""
    leaver = leaver_of(desk, row_id)
    return tuple(children_like(desk, leaver.name, leaver.born))


def leaver_of(desk: Desk, row_id: str) -> Leaver:
    """Raises UnknownRecord, and NotThisRole."""
    refuse_who_keeps_no_returns(desk)
    for one in leavers_among(desk.vault.summaries(form_id=RETURN), desk.catalogue.council):
        if one.row_id == row_id:
            return one
    message = "No such leaver is in a return on this laptop. Those that are: homeward movement"
    raise UnknownRecord(message)


def _leavers(summary: Summary, council: Council, *, followed: bool) -> Iterator[Leaver]:
    school = str(summary.answers.get("school") or "")
    for row in rows(summary.answers, "leavers"):
        left = _day(row.get("on"))
        if left is not None and not (followed and is_settled(row)):
            yield _leaver(summary.record_id, school, row, left, school_file(left, council, school))


def _leaver(return_id: str, school: str, row: Mapping[str, object], left: date, due: Deadline) -> Leaver:
    said = {name: str(row.get(name) or "") for name in ("id", "name", "school", "address", "country")}
    return Leaver(
        return_id=return_id,
        row_id=said["id"],
        name=said["name"],
        born=_day(row.get("date_of_birth")),
        left_school=school,
        left_on=left,
        destination=said["school"],
        address=said["address"],
        country=said["country"],
        arrived_on=_day(row.get("arrived_on")) if is_settled(row) else None,
        arrived_how=str(row.get("arrived_how") or ""),
        referral_id=str(row.get("referral") or ""),
        due=due,
    )


def _kept(held: Iterable[Summary]) -> Iterator[ReturnKept]:
    for one in held:
        if (month := _day(one.answers.get("month"))) is not None:
            counts = (len(rows(one.answers, name)) for name in ("joiners", "leavers"))
            yield ReturnKept(one.record_id, str(one.answers.get("school") or ""), month, *counts)


def _known(leaver: Leaver) -> dict[str, JSON]:
    said: dict[str, JSON] = {
        "referrer": "school",
        "school": leaver.left_school,
        "pupil_name": leaver.name,
        "pupil_dob": leaver.born.isoformat() if leaver.born else None,
        "new_address": leaver.address,
        "last_attended": leaver.left_on.isoformat(),
    }
    return {name: value for name, value in said.items() if value}


def _say(desk: Desk, leaver: Leaver, cells: dict[str, JSON]) -> None:
    row: dict[str, JSON] = {"id": leaver.row_id, **cells}
    editing.answer(desk, leaver.return_id, {"leavers": [row]})


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
