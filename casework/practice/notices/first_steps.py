"""While a child is missing: who has to be told and what has to be decided, each step with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.calendar import after_hours, london_day, night
from casework.practice.council import Council
from casework.practice.lives.meeting_stands import decided_on
from casework.practice.lives.states import Answers, rows
from casework.practice.oversight import must_be_told
from casework.practice.triggers import alert_goes_to


class StepKind(StrEnum):
    POLICE = "police"
    WORKER = "worker"
    MASH = "mash"
    IRO = "iro"
    CP_CHAIR = "cp_chair"
    NEED_TO_KNOW = "need_to_know"
    DIRECTOR = "director"
    STRATEGY = "strategy"


class StepState(StrEnum):
    """UNREAD: sent, and nobody has said it was read. NOT_HELD: this laptop does not hold the record that would say."""

    DONE = "done"
    UNREAD = "unread"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"
    NOT_HELD = "not_held"


DIRECTOR = "dcs"  # as an alert names whom it was sent to
OPEN = (StepState.LATE, StepState.DUE, StepState.AHEAD)


@dataclass(frozen=True, slots=True)
class Step:
    """`at` is when it was done, where that is known, `by_day` where only its day is; `due` is None where nothing says
    by when."""

    kind: StepKind
    state: StepState
    at: datetime | None = None
    due: datetime | None = None
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """When somebody was sent a notice, and when their own laptop opened it."""

    sent: datetime | None = None
    read: datetime | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """A child who is missing. `alert` and `decided` are None where the reader holds no records of that form.

    `heard`: what the notices say, beside what people have typed.
    """

    episode: Answers
    care_status: str
    began: datetime | None
    known: bool
    alert: Answers | None
    decided: Sequence[Answers] | None
    heard: Mapping[StepKind, Heard] = field(default_factory=dict)


def first_steps(away: Away, now: datetime, council: Council) -> tuple[Step, ...]:
    """Those the child's status asks for, in the order of the day."""
    return tuple(_as_heard(step, away.heard.get(step.kind)) for step in _steps(away, now, council))


def next_step(steps: Sequence[Step]) -> Step | None:
    """What is open and was due first; of two due together, the earlier in the day's order."""
    found = [step for step in steps if step.state in OPEN]
    return min(found, key=lambda step: (OPEN.index(step.state), _stamp(step.due)), default=None)


def _steps(away: Away, now: datetime, council: Council) -> Iterator[Step]:
    yield _told(StepKind.POLICE, away, "reported_at", now, council)
    yield _passed_on(away, now, council)
    for who in must_be_told(away.care_status):
        told = _told(StepKind(who), away, "told_iro", now, council)
        unread = told.state is StepState.DONE and not is_answered(away.episode.get("told_iro_read"))
        yield Step(told.kind, StepState.UNREAD, told.at, told.due) if unread else told
    if away.care_status in ("lac", "cpp") or away.alert:
        yield from _alert(away, now, council)
    yield _strategy(away, now, council)


def _as_heard(step: Step, heard: Heard | None) -> Step:
    """What somebody's own laptop says counts more than what was typed about them: read is done, sent is not, and one
    that nobody has read by its hour is as late as if it had not been sent."""
    if heard is None or step.state is StepState.NOT_HELD:
        return step
    if heard.read is not None:
        return Step(step.kind, StepState.DONE, heard.read, step.due)
    if step.state is StepState.DONE:
        return step
    state = StepState.LATE if step.state is StepState.LATE else StepState.UNREAD
    return Step(step.kind, state, step.at or heard.sent, step.due)


def _told(kind: StepKind, away: Away, question: str, now: datetime, council: Council) -> Step:
    """The sources say at once; the council's file says how long that may take."""
    told = span(away.episode.get(question))
    due = after_hours(away.began, council.number("told_hours")) if away.began else None
    if told is not None:
        return Step(kind, StepState.DONE, told.first, due)
    return Step(kind, _open_state(due, now, ready=True), None, due)


def _passed_on(away: Away, now: datetime, council: Council) -> Step:
    """D7: the worker of an open case, else MASH. The episode says to whom it went, not when."""
    kind = StepKind(alert_goes_to(is_open=away.known).removeprefix("allocated_"))
    due = after_hours(away.began, council.number("told_hours")) if away.began else None
    if is_answered(away.episode.get("screening")):
        return Step(kind, StepState.DONE, None, due)
    return Step(kind, _open_state(due, now, ready=True), None, due)


def _alert(away: Away, now: datetime, council: Council) -> Iterator[Step]:
    due = _first_night_over(away.began, council) if away.began else None
    if away.alert is None:
        yield Step(StepKind.NEED_TO_KNOW, StepState.NOT_HELD, None, due)
        return
    sent = rows(away.alert, "sent_to")
    director = next((row for row in sent if row.get("who") == DIRECTOR), None)
    yield _sent(StepKind.NEED_TO_KNOW, sent[0] if sent else None, due, now, wants_reading=False)
    yield _sent(StepKind.DIRECTOR, director, due, now, wants_reading=True)


def _sent(
    kind: StepKind, row: Mapping[str, object] | None, due: datetime | None, now: datetime, *, wants_reading: bool
) -> Step:
    if row is None:
        return Step(kind, _open_state(due, now, ready=False), None, due)
    read, sent = span(row.get("read_at")), span(row.get("at"))
    if wants_reading and read is None:
        return Step(kind, StepState.UNREAD, sent.first if sent else None, due)
    at = (read if wants_reading else None) or sent
    return Step(kind, StepState.DONE, at.first if at else None, due)


def _strategy(away: Away, now: datetime, council: Council) -> Step:
    due = after_hours(away.began, council.number("missing_long_hours")) if away.began else None
    if away.decided is None:
        return Step(StepKind.STRATEGY, StepState.NOT_HELD, None, due)
    if away.decided:
        on = decided_on(away.decided)
        by_day = on is not None and on.first != on.last
        return Step(StepKind.STRATEGY, StepState.DONE, on.first if on else None, due, by_day=by_day)
    return Step(StepKind.STRATEGY, _open_state(due, now, ready=False), None, due)


def _open_state(due: datetime | None, now: datetime, *, ready: bool) -> StepState:
    """`ready`: to be done now, whenever it is due; else it waits for its moment."""
    if due is not None and now > due:
        return StepState.LATE
    return StepState.DUE if ready or due is None else StepState.AHEAD


def _first_night_over(began: datetime, council: Council) -> datetime:
    """D4: the end of the first night a child who is still away will have been missing throughout."""
    day = london_day(began)
    first, last = night(day, council)
    return last if began <= first else night(day + timedelta(days=1), council)[1]


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("inf")
