"""Which meetings and alerts the episodes of a child ask for and nobody has decided: nothing ends by growing old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.dates_in_words import ordinal
from casework.forms.conditions import is_answered
from casework.practice.council import Council
from casework.practice.lives.kept_record import ChildFile, K, KeptRecord
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

EPISODE, MEETING, ALERT = "missing_episode", "strategy_meeting", "need_to_know"
WINDOWS = (("episodes_four_weeks", "four_weeks_days"), ("episodes_month", "month_days"))
OVERNIGHT = "Missing overnight: need to know"


class MeetingWanted(NamedTuple):
    """`first`: the earliest test that nobody has decided about; `waiting`: it and those behind it."""

    first: Trigger
    waiting: Sequence[Trigger]

    @property
    def title(self) -> str:
        """“Third episode in 28 days: strategy meeting”."""
        if self.first.id == "more_than_24_hours":
            return f"{self.first.what}: strategy meeting"
        days = self.first.id.split("_")[2]
        return f"{ordinal(len(self.first.episodes))} episode in {days} days: strategy meeting"


class AlertWanted(NamedTuple):
    """`begun`: the alert that somebody has in hand."""

    episode: Episode
    test: Trigger
    begun: KeptRecord | None


def meeting_wanted(file: ChildFile, episodes: Sequence[Episode]) -> MeetingWanted | None:
    """D3. None without every record that would say so."""
    if not file.holds(EPISODE, MEETING):
        return None
    waiting = [test for test in _met(file, episodes) if not meetings_about(file.of(MEETING), test)]
    first = earliest(waiting, MEETING)
    return MeetingWanted(first, waiting) if first is not None and first.since is not None else None


def meetings_about(held: Sequence[K], test: Trigger) -> list[K]:
    """The decisions that settle a test, in their order."""
    decided = [meeting for meeting in held if is_decided(meeting.answers)]
    return [meeting for meeting in decided if is_about(meeting.answers, test.episodes[-1], test.since)]


def alerts_undecided(file: ChildFile, episodes: Sequence[Episode]) -> list[AlertWanted]:
    """D4: one for each night that a looked-after or protected child was missing."""
    if not file.holds(EPISODE, ALERT):
        return []
    found = []
    for episode in episodes:
        alert = alert_about(file.of(ALERT), episode.id)
        if alert is not None and is_alert_settled(alert.answers):
            continue
        if is_by_night(file.council) and episode.care_status not in AT_RISK:
            continue
        test = _alert_test(file, episode)
        if test.met and test.since is not None:
            found.append(AlertWanted(episode, test, alert))
    return found


def alert_about(held: Sequence[K], episode_id: str) -> K | None:
    return next((alert for alert in held if alert.answers.get("episode_id") == episode_id), None)


def is_alert_settled(answers: Mapping[str, Any]) -> bool:
    """Sent to somebody, or stood down with the reason why."""
    return bool(rows(answers, "sent_to")) or is_answered(answers.get("stood_down_why"))


def is_by_night(council: Council) -> bool:
    """The council's own reading of D4."""
    return council.readings["overnight"] != "two_days"


def _alert_test(file: ChildFile, episode: Episode) -> Trigger:
    return overnight([episode], file.now, file.council) if is_by_night(file.council) else two_days([episode], file.now)


def _met(file: ChildFile, episodes: Sequence[Episode]) -> list[Trigger]:
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
