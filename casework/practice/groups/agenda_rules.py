"""Why a child is on a group's agenda: every reason by rule, from the day the group last met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from casework.dates_in_words import counted, day
from casework.practice.calendar import london_day
from casework.practice.council import Council
from casework.practice.groups.group_table import GroupKind
from casework.practice.triggers import Episode, Trigger, every_window, more_than_24_hours


class Why(StrEnum):
    """In the order of an agenda: who is missing now comes first."""

    MISSING_NOW = "missing_now"
    AWAY_LONG = "away_long"
    UNSEEN = "unseen"
    RUN_OUT = "run_out"
    EXPRESSION = "expression"
    REPEATED = "repeated"
    UNDECIDED = "undecided"
    NO_PLAN = "no_plan"
    STALE_PLAN = "stale_plan"
    REFERRED = "referred"
    AWAY = "away"
    WATCH = "watch"
    FLAGGED = "flagged"
    ACTION_OVER = "action_over"
    ACTION_OPEN = "action_open"
    CARRIED = "carried"
    PUT_ON = "put_on"


class Reason(NamedTuple):
    """`rule` names where it comes from; empty where a person put the child on."""

    why: Why
    words: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class AtHome:
    """What is known of a child who is or may be educated at home. `unseen_since`: only of one whose day to be seen has
    come; `run_out`: the legal steps that wait for a decision, in words; `expression`: the code of the case; `flags`:
    those the role may see, and never more than the flag."""

    unseen_since: date | None = None
    run_out: Sequence[str] = ()
    expression: str = ""
    flags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one child. `plan_due`: the plan that is agreed should have been looked at; `undecided`: what
    waits for a decision, in words; `given`: the days and the last days of this group's open actions."""

    episodes: Sequence[Episode]
    has_plan: bool = False
    plan_due: bool = False
    undecided: Sequence[str] = ()
    referred_to_panel: bool = False
    given: Sequence[tuple[date, date | None]] = ()
    carried_from: date | None = None
    holds: frozenset[str] = field(default_factory=frozenset)
    at_home: AtHome | None = None


_OF_HOME = frozenset({Why.UNSEEN, Why.RUN_OUT, Why.EXPRESSION, Why.FLAGGED})
_ASKED: Mapping[GroupKind, frozenset[Why]] = {
    GroupKind.OPERATIONAL: frozenset(Why) - {Why.REFERRED} - _OF_HOME,
    GroupKind.STRATEGIC: frozenset({Why.AWAY_LONG, Why.REPEATED, Why.WATCH, Why.ACTION_OVER, Why.CARRIED, Why.PUT_ON}),
    GroupKind.MAVP: frozenset({Why.REFERRED, Why.ACTION_OVER, Why.ACTION_OPEN, Why.CARRIED, Why.PUT_ON}),
    GroupKind.STRATEGY: frozenset({Why.UNDECIDED, Why.ACTION_OVER, Why.ACTION_OPEN, Why.CARRIED, Why.PUT_ON}),
    GroupKind.EHE_OVERVIEW: frozenset({*_OF_HOME, Why.ACTION_OVER, Why.ACTION_OPEN, Why.CARRIED, Why.PUT_ON}),
}


def reasons(kind: GroupKind, seen: Seen, since: date, now: datetime, council: Council) -> tuple[Reason, ...]:
    """The gravest first; none for a child who is not on it."""
    found = [one for rule in _RULES for one in rule(seen, since, now, council) if one.why in _ASKED[kind]]
    return tuple(sorted(found, key=lambda one: list(Why).index(one.why)))


def _away(seen: Seen, since: date, now: datetime, council: Council) -> Iterator[Reason]:
    for episode in seen.episodes:
        if episode.ended is None:
            hours = int((now.timestamp() - episode.began.timestamp()) // 3600)
            yield Reason(Why.MISSING_NOW, f"Missing now, {counted(hours, 'hour')}", "S0")
    began = [one for one in seen.episodes if london_day(one.began) >= since]
    if began:
        yield Reason(Why.AWAY, f"Missing {_times(len(began))} since {day(since)}", "S0; D8")
    long = more_than_24_hours([one for one in seen.episodes if _reaches(one, since, now)], now, council)
    if long.met:
        yield Reason(Why.AWAY_LONG, f"Away more than {council.number('missing_long_hours')} hours", "D3")


def _patterns(seen: Seen, since: date, _now: datetime, council: Council) -> Iterator[Reason]:
    """A window that filled since the last meeting; the shortest of those that mean a meeting is said once."""
    for how_many, how_long in (("episodes_four_weeks", "four_weeks_days"), ("episodes_month", "month_days")):
        if found := _filled(every_window(seen.episodes, how_many, how_long, "strategy_meeting", council), since):
            words = f"{_times(len(found.episodes)).capitalize()} in {council.number(how_long)} days"
            yield Reason(Why.REPEATED, words, "D3")
            break
    if found := _filled(every_window(seen.episodes, "episodes_watch", "watch_days", "watch_list", council), since):
        words = f"{_times(len(found.episodes)).capitalize()} in {council.number('watch_days')} days"
        yield Reason(Why.WATCH, words, "D3; S4")


def _decisions(seen: Seen, since: date, _now: datetime, _council: Council) -> Iterator[Reason]:
    """A plan is asked about of whoever came back since the last meeting."""
    yield from (Reason(Why.UNDECIDED, words, "D3; D4") for words in seen.undecided)
    back = any(one.ended is not None and london_day(one.ended) >= since for one in seen.episodes)
    if back and not seen.has_plan and "find_me_plan" in seen.holds:
        yield Reason(Why.NO_PLAN, "Back, and no agreed plan", "D5")
    if seen.plan_due:
        yield Reason(Why.STALE_PLAN, "The plan is due for review", "D5")
    if seen.referred_to_panel:
        yield Reason(Why.REFERRED, "Referred to the panel", "S0")


_EXPRESSED = {
    "discuss": "The family’s wish to educate at home is to be discussed",
    "opposed": "The family’s wish to educate at home is opposed for now",
}


def _at_home(seen: Seen, _since: date, _now: datetime, _council: Council) -> Iterator[Reason]:
    """S3: children nobody sees, wishes that were opposed or are to be discussed; notices that have run out; flags."""
    if seen.at_home is None:
        return
    if seen.at_home.unseen_since is not None:
        yield Reason(Why.UNSEEN, f"Not known to be seen since {day(seen.at_home.unseen_since)}", "S3")
    yield from (Reason(Why.RUN_OUT, words, "S1 EHE 3.3; G10") for words in seen.at_home.run_out)
    if words := _EXPRESSED.get(seen.at_home.expression):
        yield Reason(Why.EXPRESSION, words, "S3")
    yield from (Reason(Why.FLAGGED, f"Flag: {flag}", "domain A") for flag in seen.at_home.flags)


def _left_over(seen: Seen, _since: date, now: datetime, _council: Council) -> Iterator[Reason]:
    today = london_day(now)
    over = [last for _given, last in seen.given if last is not None and last < today]
    if over:
        words = f"{counted(len(over), 'action')} overdue, the first since {day(min(over))}"
        yield Reason(Why.ACTION_OVER, words, "F9; F14")
    elif seen.given:
        yield Reason(Why.ACTION_OPEN, f"Action open since {day(min(given for given, _last in seen.given))}", "S0")
    if seen.carried_from:
        yield Reason(Why.CARRIED, f"Carried over from {day(seen.carried_from)}", "S0")


_RULES: tuple[Callable[[Seen, date, datetime, Council], Iterator[Reason]], ...] = (
    _away,
    _patterns,
    _decisions,
    _at_home,
    _left_over,
)


def _reaches(episode: Episode, since: date, now: datetime) -> bool:
    return london_day(episode.ended or now) >= since


def _filled(windows: Sequence[Trigger], since: date) -> Trigger | None:
    new = [one for one in windows if one.met and one.since is not None and london_day(one.since) >= since]
    return new[-1] if new else None


def _times(count: int) -> str:
    return {1: "once", 2: "twice", 3: "three times"}.get(count, f"{count} times")
