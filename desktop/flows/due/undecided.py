"""Meetings and alerts that the episodes ask for, until somebody has decided: nothing here ends by growing old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, day, days_line, local
from casework.practice.lives.meeting_stands import is_decided
from casework.practice.lives.undecided_tests import (
    ALERT,
    MEETING,
    OVERNIGHT,
    alerts_undecided,
    is_by_night,
    meeting_wanted,
)
from casework.practice.triggers import Episode, Trigger
from desktop.flows.case_file import CaseFile
from desktop.flows.due.matter import Matter, due_words
from desktop.flows.rule_sources import said_source


def meetings_wanted(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D3: one matter, for the earliest test that nobody has decided about; it says how many wait behind it."""
    wanted = meeting_wanted(file, episodes)
    if wanted is None or wanted.first.since is None:
        return
    first, waiting, since = wanted.first, wanted.waiting, local(wanted.first.since).date()
    begun = next((m for m in file.of(MEETING) if not is_decided(m.answers)), None)
    starts = [local(e.began).date() for e in episodes if e.id in first.episodes]
    later = len({test.episodes[-1] for test in waiting} - {first.episodes[-1]})
    behind = f". {counted(later, 'later one waits', 'later ones wait')} too" if later else ""
    yield Matter(
        kind=MEETING,
        child=file.child,
        title=wanted.title,
        line=f"{days_line(starts)}{behind}",
        rule=first.what,
        source=said_source(first.source),
        due=since,
        act="Record the decision",
        record_id=begun.record_id if begun else "",
        begins=MEETING,
        known=meeting_facts(first),
        decides=True,
        age=(file.today - since).days,
    )


def meeting_facts(test: Trigger) -> dict[str, JSON]:
    since = test.since.isoformat(timespec="seconds") if test.since else None
    links: list[JSON] = [{"episode_id": episode} for episode in test.episodes]
    return {"trigger": [test.id], "episodes": links, "triggered_at": since}


def alerts_wanted(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D4: an alert for each night a looked-after or protected child was missing."""
    for episode, test, begun in alerts_undecided(file, episodes):
        if test.since is None:
            continue
        since, start = local(test.since).date(), local(episode.began).date()
        yield Matter(
            kind=ALERT,
            child=file.child,
            title=OVERNIGHT,
            line=f"Missing from {day(start)}. {due_words(since, file.today, 'Alert due')}",
            rule=test.what,
            source=said_source(test.source),
            due=since,
            act="Record the alert",
            record_id=begun.record_id if begun else "",
            begins=ALERT,
            known=alert_facts(file, episode, test.since),
            decides=True,
            age=(file.today - since).days,
        )


def alert_facts(file: CaseFile, episode: Episode, since: datetime | None) -> dict[str, JSON]:
    return {
        "episode_id": episode.id,
        "trigger": "overnight" if is_by_night(file.council) else "more_than_two_days",
        "care_status": episode.care_status or None,
        "triggered_at": since.isoformat(timespec="seconds") if since else None,
    }
