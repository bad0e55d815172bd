"""Visits that were asked for, in words and as a table: what asker and team both read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import local, near_day, when
from casework.practice.notices.notice_table import NOTICE, VISIT, VISIT_REQUEST
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.visits.asking_visit import may_withdraw
from desktop.flows.visits.request_standing import AskedStanding, VisitAsked, visits_among
from desktop.store.vault import Summary

HEADS = ("Child", "Team", "Asked by", "Asked on", "By", "How it stands", "Result")


@dataclass(frozen=True, slots=True)
class AskedLine:
    """As a screen shows it. `opens` is empty where a team has only the notice so far."""

    request_id: str
    notice_id: str
    opens: str
    child: str
    standing: str
    by_day: str
    between: str
    is_open: bool
    may_withdraw: bool


def lines(desk: Desk, found: Iterable[VisitAsked]) -> tuple[AskedLine, ...]:
    return tuple(
        AskedLine(
            request_id=one.request_id,
            notice_id=one.notice_id,
            opens=one.opens,
            child=child_name(desk, one),
            standing=standing_said(desk, one),
            by_day=by_day_said(one, desk.now()).replace("by ", "By ", 1),
            between=f"{one.asked_by or 'Somebody'} asked {team_name(desk, one)}",
            is_open=one.is_open,
            may_withdraw=may_withdraw(desk, one),
        )
        for one in found
    )


def every_line(desk: Desk) -> tuple[AskedLine, ...]:
    return lines(desk, _asked(desk, desk.vault.summaries(form_id=NOTICE)))


def open_lines(desk: Desk, notices: Sequence[Summary]) -> tuple[AskedLine, ...]:
    """Those without a result yet, of every notice that is held."""
    return lines(desk, (one for one in _asked(desk, notices) if one.is_open))


def _asked(desk: Desk, notices: Sequence[Summary]) -> tuple[VisitAsked, ...]:
    beside = (one for form_id in (VISIT_REQUEST, VISIT) for one in desk.vault.summaries(form_id=form_id))
    return visits_among([*notices, *beside])


def child_name(desk: Desk, one: VisitAsked) -> str:
    return child_of(desk, one.child_id).name_and_age


def team_name(desk: Desk, one: VisitAsked) -> str:
    found = desk.catalogue.council.teams.get(one.team)
    return found.name if found else one.team


def result_said(desk: Desk, one: VisitAsked) -> str:
    """Empty until the visit is signed."""
    if one.standing is not AskedStanding.TOLD or not one.outcome:
        return ""
    return desk.catalogue.display(desk.catalogue.form(VISIT), "outcome", one.outcome)


def standing_said(desk: Desk, one: VisitAsked) -> str:
    """“Accepted by Ravi Coleman, 27 March, 14:50. Not tried yet”."""
    now = desk.now()
    if one.withdrawn_at is not None and one.standing is AskedStanding.WITHDRAWN:
        return f"No longer asked for: {one.withdrawn_by or 'its asker'} said so {when(one.withdrawn_at, now)}"
    taken = f"Accepted by {one.accepted_by or 'a colleague'} {when(one.accepted_at, now)}" if one.accepted_at else ""
    told = {
        AskedStanding.ASKED: "Nobody has accepted it yet",
        AskedStanding.ACCEPTED: "Not tried yet",
        AskedStanding.TRIED: "Tried, no result yet",
        AskedStanding.TOLD: f"Result: {result_said(desk, one) or 'see the visit'}",
    }[one.standing]
    return f"{taken}. {told}" if taken else told


def by_day_said(one: VisitAsked, now: datetime) -> str:
    return f"by {near_day(one.by_day, local(now).date())}" if one.by_day else "no day given"


def as_json(desk: Desk, one: VisitAsked) -> JSON:
    return {
        "request": one.request_id,
        "notice": one.notice_id,
        "child": one.child_id,
        "name": child_name(desk, one),
        "about": one.about_id,
        "team": one.team,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at.isoformat() if one.asked_at else None,
        "by": one.by_day.isoformat() if one.by_day else None,
        "accepted_by": one.accepted_by,
        "accepted_at": one.accepted_at.isoformat() if one.accepted_at else None,
        "visit": one.visit_id,
        "outcome": one.outcome if one.standing is AskedStanding.TOLD else "",
        "withdrawn_by": one.withdrawn_by,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
        "standing": one.standing.value,
    }


def cells(desk: Desk, found: Iterable[VisitAsked]) -> list[tuple[str, ...]]:
    return [
        (
            child_name(desk, one),
            team_name(desk, one),
            one.asked_by,
            when(one.asked_at, desk.now()) if one.asked_at else "",
            one.by_day.isoformat() if one.by_day else "",
            standing_said(desk, one),
            result_said(desk, one),
        )
        for one in found
    ]


def told(desk: Desk, found: Sequence[VisitAsked]) -> str:
    return "\n".join(line for one in found for line in _lines(desk, one)) or "No visit has been asked for."


def _lines(desk: Desk, one: VisitAsked) -> Iterator[str]:
    yield f"{one.request_id}  {child_name(desk, one)}, {by_day_said(one, desk.now())}"
    yield f"  To: {team_name(desk, one)}. From: {one.asked_by or 'not said'}. {standing_said(desk, one)}"
