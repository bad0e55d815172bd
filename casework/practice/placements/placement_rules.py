"""Whose child lives where, which councils must hear of a move, and by when (F11, S4 ¶77–79)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.calendar import add_working_days
from casework.practice.council import Council
from casework.practice.deadlines import Deadline
from casework.practice.lives.states import Answers, rows

MOVE = "placement_move"


class Lives(Enum):
    """Whose child it is, and where the child lives."""

    AT_HOME = "ours, in our area"
    ELSEWHERE = "ours, in another council's area"
    ANOTHERS = "another council's"


class Placed(NamedTuple):
    """`council`: the other one, where there is one; empty where nobody has written which."""

    lives: Lives
    council: str = ""


class Hears(Enum):
    """Why a council must hear of a move."""

    RESPONSIBLE = "responsible"
    LIVES_THERE = "lives there"
    LEFT = "left"


class MustHear(NamedTuple):
    """A council that must hear of a move; `told_on` is None until somebody told it."""

    council: str
    why: Hears
    told_on: date | None


def placed(child: Answers, move: Answers, council: Council) -> Placed:
    """`move`: the latest, or nothing where none is held."""
    is_anothers = child.get("other_la") is True
    named = child.get("responsible_la") if is_anothers else None
    responsible = _other(move.get("responsible_la"), council) or _other(named, council)
    if responsible or is_anothers:
        return Placed(Lives.ANOTHERS, responsible)
    host = _other(move.get("host_la"), council)
    return Placed(Lives.ELSEWHERE, host) if host else Placed(Lives.AT_HOME)


def must_hear(child: Answers, move: Answers, council: Council) -> Sequence[MustHear]:
    """S4 ¶78: whoever places a looked-after child in another council's area tells that council; that the one the child
    leaves hears too, and that another council hears where its child was moved to, is J."""
    found: dict[str, Hears] = {}
    now = placed(child, move, council)
    if now.lives is Lives.ANOTHERS and now.council:
        found[now.council] = Hears.RESPONSIBLE
    elif now.lives is Lives.ELSEWHERE:
        found[now.council] = Hears.LIVES_THERE
    left = _other(move.get("from_la"), council)
    if now.lives is not Lives.ANOTHERS and left and not _same(left, now.council):
        found[left] = Hears.LEFT
    return [MustHear(name, why, _told_on(move, name)) for name, why in found.items()]


def still_to_tell(child: Answers, move: Answers, council: Council) -> Sequence[MustHear]:
    """None once somebody has decided, and said why, that nobody is to be told (F2)."""
    if is_answered(move.get("not_told_why")) and is_answered(move.get("not_told_by")):
        return []
    return [one for one in must_hear(child, move, council) if one.told_on is None]


def moved_on(move: Answers) -> date | None:
    known = span(move.get("moved_on"))
    return known.last.date() if known else None


def councils_told_by(moved: date, council: Council) -> Deadline:
    """S4 ¶78 names no day."""
    days = council.number("council_told_working_days")
    due = add_working_days(moved, days, council)
    return Deadline("F11", "Tell the other council", due, council.source("council_told_working_days"))


def carers_hold_plan_by(moved: date, council: Council) -> Deadline:
    """F11, S4 ¶79: a new carer inherits the plan."""
    days = council.number("carers_plan_working_days")
    due = add_working_days(moved, days, council)
    return Deadline("F11", "Give the new carers the plan", due, council.source("carers_plan_working_days"))


def _told_on(move: Answers, council: str) -> date | None:
    told = [span(row.get("on")) for row in rows(move, "councils_told") if _same(str(row.get("council") or ""), council)]
    return min((known.first.date() for known in told if known), default=None)


def _other(value: object, council: Council) -> str:
    """The council that is named, where it is not this one."""
    name = value.strip() if isinstance(value, str) else ""
    ours = council.id.casefold() in name.casefold().split() or _same(name, council.name)
    return "" if ours else name


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
