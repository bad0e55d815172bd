"""Interviews that are still to be had, as the council told this laptop, which holds their episodes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.dates_in_words import when
from casework.practice.lives.interview_stands import InterviewStands
from desktop.flows.desk import Desk
from desktop.store.database.remembered import TOLD
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class ToldInterview:
    """One of an episode that is here; `at` is when the council said so."""

    episode: Summary
    stands: InterviewStands
    at: datetime


def told_line(desk: Desk) -> str:
    """“From the council, today, 14:31”, and whether the list was cut; empty where the council has told nothing: then
    nothing is concluded."""
    told = desk.vault.settings.get(TOLD)
    if told is None:
        return ""
    more = ", the latest returns only" if told.more else ""
    return f"From the council, {when(datetime.fromisoformat(told.at), desk.now())}{more}"


def told_interviews(desk: Desk) -> Iterator[ToldInterview]:
    """Of the episodes on this laptop, as they stand on it."""
    told = desk.vault.settings.get(TOLD)
    if told is None or not told.interviews:
        return
    at = datetime.fromisoformat(told.at)
    here = desk.vault.named(one.episode for one in told.interviews)
    for one in told.interviews:
        if (episode := here.get(one.episode)) is not None:
            yield ToldInterview(episode, InterviewStands(one.state, one.offers, one.wants_later), at)
