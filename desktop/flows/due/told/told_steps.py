"""The first steps and the plan as the council told them, where this laptop does not hold the records that would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from casework.dates_in_words import when
from casework.practice.lives.states import Answers
from casework.practice.notices.first_steps import DIRECTOR, Heard, StepKind
from casework.wire.status_messages import AlertTold, DecidedTold, PlanTold, SentTold
from desktop.flows.case_file import PLAN, CaseFile
from desktop.flows.record.plan_versions import PlanStanding, PlanVersion

ALERT, MEETING = "need_to_know", "strategy_meeting"


def alert_told(file: CaseFile, episode_id: str) -> AlertTold | None:
    """None where nothing was told, or the form is here."""
    one = file.told.episodes.get(episode_id) if file.told and not file.holds(ALERT) else None
    return one.alert if one else None


def strategy_told(file: CaseFile, episode_id: str) -> DecidedTold | None:
    one = file.told.episodes.get(episode_id) if file.told and not file.holds(MEETING) else None
    return one.strategy if one else None


def plan_told(file: CaseFile) -> PlanTold | None:
    one = file.told.plans.get(file.child.child_id) if file.told and not file.holds(PLAN) else None
    return one if one and one.version is not None else None


def alert_answers(told: AlertTold) -> Answers:
    """As an alert that is held here would answer, so that one function reckons both."""
    return {"sent_to": [_row(sent) for sent in told.sent_to], "begun": True} if told.begun else {}


def heard_told(told: AlertTold | None) -> Mapping[StepKind, Heard]:
    """What the Director's own laptop said."""
    if told is None or not (told.notice_sent or told.notice_read):
        return {}
    return {StepKind.DIRECTOR: Heard(_moment(told.notice_sent), _moment(told.notice_read))}


def meetings_told(told: DecidedTold) -> Sequence[Answers]:
    """As the meetings that decided would answer."""
    return ({"held": True, "held_at": told.on},) if told.decided else ()


def plan_words(told: PlanTold) -> str:
    """As of a plan that is held here: “Version 3, agreed 10 March 2026, the live plan”."""
    if told.version and told.agreed:
        return PlanVersion("", told.version, PlanStanding.LIVE, _moment(told.agreed)).line
    return "No agreed plan, only a draft" if told.draft else "No agreed plan"


def from_the_council(file: CaseFile, episode_id: str) -> str:
    """“From the council, today, 14:31: need to know, strategy meeting, plan”; empty where nothing was told."""
    named = list(_named(file, episode_id))
    return f"From the council, {when(file.told.at, file.now)}: {', '.join(named)}" if file.told and named else ""


def _named(file: CaseFile, episode_id: str) -> Iterator[str]:
    if alert_told(file, episode_id) is not None:
        yield "need to know"
    if strategy_told(file, episode_id) is not None:
        yield "strategy meeting"
    if plan_told(file) is not None:
        yield "plan"


def _row(sent: SentTold) -> Mapping[str, object]:
    return {"who": DIRECTOR if sent.director else "other", "at": sent.at, "read_at": sent.read_at}


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
