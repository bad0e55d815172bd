"""Interviews that are still to be had, as the council told this laptop, which holds their episodes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.practice.lives.interview_stands import InterviewStands
from desktop.flows.desk import Desk
from desktop.store.database.remembered import TOLD_INTERVIEWS
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class ToldInterview:
    """One of an episode that is here; `at` is when the council said so."""

    episode: Summary
    stands: InterviewStands
    at: datetime


def told_at(desk: Desk) -> datetime | None:
    """None where the council has told nothing of it: then nothing is concluded."""
    told = desk.vault.settings.get(TOLD_INTERVIEWS)
    return datetime.fromisoformat(told.at) if told else None


def told_interviews(desk: Desk) -> Iterator[ToldInterview]:
    """Of the episodes on this laptop, as they stand on it."""
    told = desk.vault.settings.get(TOLD_INTERVIEWS)
    if told is None or not told.interviews:
        return
    at = datetime.fromisoformat(told.at)
    here = desk.vault.named(one.episode for one in told.interviews)
    for one in told.interviews:
        if (episode := here.get(one.episode)) is not None:
            yield ToldInterview(episode, InterviewStands(one.state, one.offers, one.wants_later), at)
