"""Another agency holds the interview: who could, who has been given the episode, and until which day (S1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import AnswerError, NotThisRole
from casework.identifiers import OfficerId, RecordId
from casework.practice.roles import MISSING, manages_work
from casework.wire.commission_messages import CommissionAsked, Interviewers
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.until_a_day import OfficerUntil, days_from, officers_as_json, officers_told, refuse_day_over
from desktop.sync.reviewing import ask_interviewers, commission

EPISODE = "missing_episode"
LENGTHS = (3, 7, 14, 28)  # days that are offered
NOBODY = "No interviewer of another agency has joined. Your administrator adds them, as commissioned interviewers."


@dataclass(frozen=True, slots=True)
class Commissions:
    episode_id: str
    child: str
    child_id: str
    interviewers: tuple[OfficerUntil, ...]

    @property
    def given(self) -> Sequence[OfficerUntil]:
        return [one for one in self.interviewers if one.until]


def may_commission(desk: Desk, form_id: str) -> bool:
    """The manager of the missing service, about an episode."""
    return form_id == EPISODE and manages_work(desk.officer.role, MISSING)


def commissions(desk: Desk, episode_id: str) -> Commissions:
    """Raises NotThisRole, AnswerError for another record, and SyncError where the council cannot be asked."""
    _refuse_others(desk, episode_id)
    return _read(desk, episode_id, ask_interviewers(desk.vault, desk.now, RecordId(episode_id)))


def give_episode(desk: Desk, episode_id: str, officer_id: OfficerId, last: date) -> Commissions:
    """They have it until the end of that day, and nothing else of the child but the facts. Raises as `commissions`."""
    _refuse_others(desk, episode_id)
    refuse_day_over(last, local(desk.now()).date())
    return _said(desk, episode_id, CommissionAsked(officer=officer_id, last=last.isoformat()))


def end_commission(desk: Desk, episode_id: str, officer_id: OfficerId) -> Commissions:
    """Their laptop erases it at its next contact. Raises as `commissions`."""
    _refuse_others(desk, episode_id)
    return _said(desk, episode_id, CommissionAsked(officer=officer_id))


def days_offered(today: date) -> tuple[tuple[str, str], ...]:
    """Last days, each with its words."""
    return days_from(today, LENGTHS)


def as_json(found: Commissions) -> JSON:
    return {
        "episode": found.episode_id,
        "child": found.child_id,
        "interviewers": officers_as_json(found.interviewers),
    }


def told(found: Commissions) -> str:
    return officers_told(found.interviewers, does="", does_not="not asked", nobody=NOBODY)


def _said(desk: Desk, episode_id: str, asked: CommissionAsked) -> Commissions:
    told_ = commission(desk.vault, desk.now, RecordId(episode_id), asked)
    desk.vault.audit.add("commissioned", record=episode_id, until=asked.last or "ended")
    return _read(desk, episode_id, told_)


def _read(desk: Desk, episode_id: str, told_: Interviewers) -> Commissions:
    child = child_of(desk, desk.vault.view(episode_id).child_id)
    people = (OfficerUntil.told(one.officer, one.name, one.until) for one in told_.interviewers)
    return Commissions(episode_id, child.name_and_age, child.child_id, tuple(people))


def _refuse_others(desk: Desk, episode_id: str) -> None:
    form_id = desk.vault.view(episode_id).form_id
    if form_id != EPISODE:
        message = "Only a missing episode is given to another agency. Open the episode and ask from there."
        raise AnswerError(message)
    if not may_commission(desk, form_id):
        message = "Another agency is asked by the manager of the missing service."
        raise NotThisRole(message)
