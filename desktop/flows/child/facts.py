"""What is known of a child at a glance: each fact with where it comes from and the day it was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import day, local, near_day, short_day
from casework.forms.moments import span
from casework.forms.wording import say_moment
from casework.practice.calendar import add_months
from casework.practice.copies.copy_table import COPY, EVERYTHING
from casework.practice.deadlines import Deadline, Occasion
from casework.practice.lives.plan_due import plan_deadline
from casework.practice.lives.states import rows
from casework.records import RecordView, field_path
from desktop.flows.case_file import PLAN, CaseFile
from desktop.flows.desk import Desk
from desktop.flows.record.plan_versions import live_plan, plan_versions
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Photo:
    """`picture` is a small JPEG, None while it is not on this laptop; `old` by the council's own limit."""

    picture: bytes | None
    taken: str
    old: str
    sha256: str = ""


def facts(desk: Desk, file: CaseFile) -> tuple[Fact, ...]:
    """Only what is known: a gap is filled in on the child's record."""
    record = desk.vault.view(file.child.child_id)
    return tuple(_facts(file, record))


def best_way(file: CaseFile) -> str:
    """How best to talk with the child, as they put it last."""
    plan = _plan(file)
    said = file.child.facts.get("best_way_to_talk") or (plan.answers.get("communication") if plan else None)
    return said if isinstance(said, str) else ""


def photo(desk: Desk, file: CaseFile) -> Photo | None:
    """The latest of the plan's photographs, else of the child's record; its age counts from the day it was taken."""
    newest = newest_photo(file)
    if newest is None:
        return None
    kept = newest.get("file")
    sha = str(kept.get("sha256", "")) if isinstance(kept, dict) else ""
    taken = span(newest.get("taken_on"))
    months = desk.catalogue.council.number("photo_months")
    old = taken is not None and add_months(taken.last.date(), months) < file.today
    picture = desk.vault.attachments.thumbnail(sha) if sha else None
    said = f"Taken {say_moment(newest['taken_on'])}" if taken else "Day it was taken not known"
    return Photo(picture, said, f"Photo over {months} months old" if old else "", sha)


def newest_photo(file: CaseFile) -> Mapping[str, object] | None:
    """The row of the latest of the plan's photographs, else of the child's record."""
    plan = _plan(file)
    held = [*rows(plan.answers if plan else {}, "photo"), *rows(file.child.facts, "photo")]
    return max(held, key=lambda row: _stamp(row.get("taken_on")), default=None)


def _facts(file: CaseFile, record: RecordView) -> Iterator[Fact]:
    known, plan = file.child.facts, _plan(file)
    lives = _text(known, "address") or _text(known, "placement_name")
    moved = known.get("placement_moved_on")
    if lives:
        placed = bool(known.get("placement_name"))
        source = f"Placement, {say_moment(moved)}" if placed and span(moved) else _said(record, "address")
        yield Fact("Lives at", lives, source)
    yield from _worker(known, "Key worker", ("key_worker", "key_worker_contact"), _said(record, "key_worker"))
    since = known.get("worker_since")
    allocated = f"Allocation, {say_moment(since)}" if span(since) else _said(record, "allocated_worker")
    yield from _worker(known, "Worker", ("allocated_worker", "worker_contact"), allocated)
    yield from _health(file, record, plan)
    year = _text(known, "year_group") or (str(known["year_group"]) if known.get("year_group") else "")
    if _text(known, "school"):
        school = _text(known, "school") + (f", Year {year}" if year else "")
        yield Fact("School", school, _said(record, "school"))
    yield from _phone(file, record, plan)
    yield from _review(file)
    yield from _copied_out(file)


def _worker(known: dict[str, JSON], name: str, questions: tuple[str, str], source: str) -> Iterator[Fact]:
    who, contact = (_text(known, question) for question in questions)
    if who:
        yield Fact(name, ", ".join(part for part in (who, contact) if part), source)


def _health(file: CaseFile, record: RecordView, plan: Summary | None) -> Iterator[Fact]:
    if plan is not None and _text(plan.answers, "allergies_conditions"):
        yield Fact("Health", _text(plan.answers, "allergies_conditions"), plan_name(file, plan))
    elif _text(file.child.facts, "health"):
        yield Fact("Health", _text(file.child.facts, "health"), _said(record, "health"))


def _phone(file: CaseFile, record: RecordView, plan: Summary | None) -> Iterator[Fact]:
    numbers = [str(row.get("number")) for row in rows(plan.answers if plan else {}, "phones") if row.get("number")]
    if numbers and plan is not None:
        yield Fact("Phone", numbers[0], plan_name(file, plan))
    elif _text(file.child.facts, "phone"):
        yield Fact("Phone", _text(file.child.facts, "phone"), _said(record, "phone"))


def _review(file: CaseFile) -> Iterator[Fact]:
    if not file.holds(PLAN):
        return
    found = plan_deadline(file)
    if not file.agreed_plans():
        yield Fact("Plan", "No Find Me Plan agreed yet", f"Due {near_day(found.due, file.today)}" if found else "")
    elif found is not None:
        late = "Review was due" if found.due < file.today else "Review by"
        yield Fact("Plan", f"{late} {short_day(found.due)} {found.due.year}", _why_reviewed(file, found))


def _copied_out(file: CaseFile) -> Iterator[Fact]:
    """Of everything the council's service holds about the child, for a subject access request."""
    made = [copy.answers for copy in file.of(COPY) if copy.answers.get("copy") == EVERYTHING]
    for known in sorted(made, key=lambda known: _stamp(known.get("made_at"))):
        on = day(_stamp(known.get("made_at")))
        yield Fact("Copy of all", f"Made for {_text(known, 'to_whom')}", f"By {_text(known, 'made_by')}, {on}")


def _why_reviewed(file: CaseFile, found: Deadline) -> str:
    if found.occasion is Occasion.BY_THE_CALENDAR:
        return found.what
    since = "the move" if found.occasion is Occasion.AFTER_A_MOVE else "the last return"
    return f"{file.council.number('plan_review_working_days')} working days after {since}"


def plan_name(file: CaseFile, plan: Summary) -> str:
    """“Find Me Plan 3, 17 March 2026”."""
    number = [one.record_id for one in file.agreed_plans()].index(plan.record_id) + 1
    return f"Find Me Plan {number}, {day(local(datetime.fromisoformat(str(plan.signed_at))).date())}"


def plan_line(file: CaseFile) -> str:
    """The live plan with its standing, as the card says it; empty while none has been agreed."""
    live = live_plan(plan_versions(file.of(PLAN)))
    return f"Find Me Plan. {live.line}" if live else ""


def _plan(file: CaseFile) -> Summary | None:
    plans = file.agreed_plans()
    return plans[-1] if plans else None


def _said(record: RecordView, question: str) -> str:
    """The day the newest standing answer was given."""
    standing = record.values.get(field_path(question), ())
    when = f", {day(local(datetime.fromisoformat(standing[-1].at)).date())}" if standing else ""
    return f"Child’s record{when}"


def _text(known: dict[str, JSON], name: str) -> str:
    value = known.get(name)
    return value.strip() if isinstance(value, str) else ""


def _stamp(value: object) -> date:
    known = span(value)
    return known.last.date() if known else date.min
