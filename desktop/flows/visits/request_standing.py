"""How far a visit that was asked for has come: worked out from the request, its notice and the visit, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from casework.forms.moments import span
from casework.practice.lives.states import rows
from casework.practice.notices.notice_table import NOTICE, RECEIPTS, VISIT, VISIT_REQUEST, NoticeKind
from desktop.store.vault import Summary


class AskedStanding(StrEnum):
    """Of a visit that was asked for."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    TRIED = "tried"
    TOLD = "told"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class VisitAsked:
    """`visit_id` is empty until somebody has begun the visit, `accepted_by` until somebody has accepted it. `answers`:
    what the request says, as far as this laptop holds it."""

    request_id: str
    notice_id: str
    child_id: str
    about_id: str
    team: str
    asked_by: str
    asked_at: datetime | None
    by_day: date | None
    accepted_by: str
    accepted_at: datetime | None
    visit_id: str
    outcome: str
    withdrawn_by: str
    withdrawn_at: datetime | None
    standing: AskedStanding
    is_here: bool

    @property
    def is_open(self) -> bool:
        """Neither its result is told nor is it no longer asked for."""
        return self.standing not in (AskedStanding.TOLD, AskedStanding.WITHDRAWN)

    @property
    def opens(self) -> str:
        """The record to look at: the visit once there is one. Empty where a team has only the notice so far."""
        return self.visit_id or (self.request_id if self.is_here else "")


def visits_among(held: Iterable[Summary]) -> tuple[VisitAsked, ...]:
    """Of the records held, those that are asked for and were told to a team; the earliest day first."""
    kept = [one for one in held if one.form_id in (NOTICE, VISIT_REQUEST, VISIT) and not one.discarded]
    requests = {one.record_id: one for one in kept if one.form_id == VISIT_REQUEST}
    visits = [one for one in kept if one.form_id == VISIT]
    asked, withdrawn = _last(kept, NoticeKind.VISIT_ASKED), _last(kept, NoticeKind.VISIT_WITHDRAWN)
    found = (
        _asked(notice, requests.get(about), visits, _since(notice, withdrawn.get(about)))
        for about, notice in asked.items()
    )
    return tuple(sorted(found, key=lambda one: (one.by_day or date.max, one.request_id)))


def _last(kept: Iterable[Summary], kind: NoticeKind) -> dict[str, Summary]:
    """By the request they are about, the last of these notices."""
    found: dict[str, Summary] = {}
    for one in kept:
        if one.form_id == NOTICE and one.answers.get("kind") == kind:
            about = str(one.answers.get("about"))
            found[about] = max(found.get(about, one), one, key=lambda s: (s.created_at, s.record_id))
    return found


def _since(asked: Summary, withdrawn: Summary | None) -> Summary | None:
    """A request that was corrected asks once more, and what was withdrawn before counts no longer."""
    return withdrawn if withdrawn is not None and withdrawn.created_at >= asked.created_at else None


def _asked(
    notice: Summary, request: Summary | None, visits: Sequence[Summary], withdrawn: Summary | None
) -> VisitAsked:
    said = notice.answers
    facts = {str(row.get("fact")).partition(".")[2]: row.get("value") for row in rows(said, "facts")}
    answers: Mapping[str, object] = request.answers if request else facts
    about = str(said.get("about"))
    made = [one for one in visits if one.answers.get("linked_record") == about]
    visit = max(made, key=lambda one: (one.locked, one.created_at, one.record_id), default=None)
    who, when = _accepted(said)
    day, sent = span(answers.get("by_day")), span(said.get("sent_at"))
    ended = span(withdrawn.answers.get("sent_at")) if withdrawn else None
    return VisitAsked(
        request_id=about,
        notice_id=notice.record_id,
        child_id=notice.child_id,
        about_id=str(answers.get("about") or ""),
        team=str(said.get("to_team") or ""),
        asked_by=str(said.get("sent_by") or ""),
        asked_at=sent.first if sent else None,
        by_day=day.first.date() if day else None,
        accepted_by=who,
        accepted_at=when,
        visit_id=visit.record_id if visit else "",
        outcome=str(visit.answers.get("outcome") or "") if visit else "",
        withdrawn_by=str(withdrawn.answers.get("sent_by") or "") if withdrawn else "",
        withdrawn_at=ended.first if ended else None,
        standing=_standing(visit, accepted=when is not None, withdrawn=withdrawn is not None),
        is_here=request is not None,
    )


def _standing(visit: Summary | None, *, accepted: bool, withdrawn: bool) -> AskedStanding:
    """A result counts once it is signed: the signature is what tells the asker, also of what was no longer asked."""
    if visit is not None and visit.locked:
        return AskedStanding.TOLD
    if withdrawn:
        return AskedStanding.WITHDRAWN
    if visit is not None and rows(visit.answers, "attempts"):
        return AskedStanding.TRIED
    return AskedStanding.ACCEPTED if accepted or visit is not None else AskedStanding.ASKED


def _accepted(said: Mapping[str, object]) -> tuple[str, datetime | None]:
    """Whoever of the team accepted it first."""
    taken = [
        (at.first, str(row.get("name") or ""))
        for row in rows(said, RECEIPTS)
        if (at := span(row.get("acknowledged_at")))
    ]
    when, who = min(taken, default=(None, ""))
    return who, when
