"""Meetings and alerts that the episodes ask for, until somebody has decided: nothing here ends by growing old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, day, days_line, local, ordinal
from casework.forms.conditions import is_answered
from casework.practice.lives.meeting_stands import is_about, is_decided
from casework.practice.lives.states import rows
from casework.practice.triggers import (
    AT_RISK,
    Episode,
    Trigger,
    earliest,
    every_window,
    is_long,
    more_than_24_hours,
    overnight,
    two_days,
)
from desktop.flows.case_file import EPISODE, CaseFile
from desktop.flows.due.matter import Matter, due_words
from desktop.flows.rule_sources import said_source
from desktop.store.vault import Summary

MEETING, ALERT = "strategy_meeting", "need_to_know"
WINDOWS = (("episodes_four_weeks", "four_weeks_days"), ("episodes_month", "month_days"))


def meetings_wanted(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D3: one matter, for the earliest test that nobody has decided about; it says how many wait behind it."""
    if not file.holds(EPISODE, MEETING):
        return
    waiting = [test for test in _met(file, episodes) if not meetings_about(file, test)]
    first = earliest(waiting, MEETING)
    if first is None or first.since is None:
        return
    begun = next((m for m in file.of(MEETING) if not is_decided(m.answers)), None)
    starts = [local(e.began).date() for e in episodes if e.id in first.episodes]
    later = len({test.episodes[-1] for test in waiting} - {first.episodes[-1]})
    behind = f". {counted(later, 'later one waits', 'later ones wait')} too" if later else ""
    since = local(first.since).date()
    yield Matter(
        kind=MEETING,
        child=file.child,
        title=f"{_said(first, len(starts))}: strategy meeting",
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


def meetings_about(file: CaseFile, test: Trigger) -> list[Summary]:
    """The decisions that settle a test, the latest change first."""
    held = [meeting for meeting in file.of(MEETING) if is_decided(meeting.answers)]
    return [meeting for meeting in held if is_about(meeting.answers, test.episodes[-1], test.since)]


def meeting_facts(test: Trigger) -> dict[str, JSON]:
    since = test.since.isoformat(timespec="seconds") if test.since else None
    links: list[JSON] = [{"episode_id": episode} for episode in test.episodes]
    return {"trigger": [test.id], "episodes": links, "triggered_at": since}


def _met(file: CaseFile, episodes: Sequence[Episode]) -> list[Trigger]:
    long = [
        more_than_24_hours([episode], file.now, file.council)
        for episode in episodes
        if is_long(episode, file.now, file.council)
    ]
    windows = [_joined(every_window(episodes, *names, MEETING, file.council)) for names in WINDOWS]
    return [test for test in (*long, *(test for found in windows for test in found)) if test.met]


def _joined(windows: Sequence[Trigger]) -> list[Trigger]:
    """A window whose newest episode a later one holds too is decided with that one."""
    found: list[Trigger] = []
    for window in windows:
        if found and found[-1].episodes[-1] in window.episodes:
            found.pop()
        found.append(window)
    return found


def _said(test: Trigger, count: int) -> str:
    """“Third episode in 28 days”."""
    if test.id == "more_than_24_hours":
        return test.what
    return f"{ordinal(count)} episode in {test.id.split('_')[2]} days"


def alerts_wanted(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D4: an alert for each night a looked-after or protected child was missing."""
    if not file.holds(EPISODE, ALERT):
        return
    for episode in episodes:
        alert = alert_of(file, episode.id)
        if alert is not None and is_alert_settled(alert.answers):
            continue
        if _by_night(file) and episode.care_status not in AT_RISK:
            continue
        test = _alert_test(file, episode)
        if not test.met or test.since is None:
            continue
        since, start = local(test.since).date(), local(episode.began).date()
        yield Matter(
            kind=ALERT,
            child=file.child,
            title="Missing overnight: need to know",
            line=f"Missing from {day(start)}. {due_words(since, file.today, 'Alert due')}",
            rule=test.what,
            source=said_source(test.source),
            due=since,
            act="Record the alert",
            record_id=alert.record_id if alert else "",
            begins=ALERT,
            known=alert_facts(file, episode, test.since),
            decides=True,
            age=(file.today - since).days,
        )


def alert_of(file: CaseFile, episode_id: str) -> Summary | None:
    return next((alert for alert in file.of(ALERT) if alert.answers.get("episode_id") == episode_id), None)


def is_alert_settled(answers: Mapping[str, JSON]) -> bool:
    """Sent to somebody, or stood down with the reason why."""
    return bool(rows(answers, "sent_to")) or is_answered(answers.get("stood_down_why"))


def alert_facts(file: CaseFile, episode: Episode, since: datetime | None) -> dict[str, JSON]:
    return {
        "episode_id": episode.id,
        "trigger": "overnight" if _by_night(file) else "more_than_two_days",
        "care_status": episode.care_status or None,
        "triggered_at": since.isoformat(timespec="seconds") if since else None,
    }


def _by_night(file: CaseFile) -> bool:
    return file.council.readings["overnight"] != "two_days"


def _alert_test(file: CaseFile, episode: Episode) -> Trigger:
    return overnight([episode], file.now, file.council) if _by_night(file) else two_days([episode], file.now)
