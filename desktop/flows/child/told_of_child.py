"""What the council told of one child beside the records that are kept here: times and states, each with its moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import day, day_and_time, local, when
from casework.forms.moments import span
from casework.practice.manager_check import CheckState
from casework.wire.status_messages import AlertTold, DecidedTold
from desktop.flows.case_file import CaseFile, case_file, every_case_file
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.due.told.told_steps import alert_told, plan_told, plan_words, strategy_told
from desktop.flows.signing.checking import STATE_WORDS


@dataclass(frozen=True, slots=True)
class ToldOfChild:
    """`about`: of which episode the first lines are; `lines`: what it is, and how it stands."""

    child: Child
    about: str
    line: str
    lines: tuple[tuple[str, str], ...]


def told_of_child(file: CaseFile) -> ToldOfChild | None:
    """None where the council told nothing of this child."""
    if file.told is None:
        return None
    episode = next((one for one in reversed(file.every_episode()) if one.id in file.told.episodes), None)
    lines = (*(_of_episode(file, episode.id) if episode else ()), *_of_plan(file))
    if not lines:
        return None
    about = f"Missing from {day_and_time(episode.began)}" if episode else ""
    return ToldOfChild(file.child, about, f"From the council, {when(file.told.at, file.now)}", lines)


def told_listed(desk: Desk, child_id: str = "") -> tuple[ToldOfChild, ...]:
    """Of one child or of every one; the names in their order. Raises UnknownRecord."""
    files = [case_file(desk, child_id)] if child_id else every_case_file(desk).values()
    found = [told for file in files if (told := told_of_child(file))]
    return tuple(sorted(found, key=lambda one: one.child.name.casefold()))


def as_json(found: ToldOfChild) -> dict[str, JSON]:
    said: list[JSON] = [{"what": name, "stands": words} for name, words in found.lines]
    return {"child": found.child.child_id, "name": found.child.name, "episode": found.about, "told": said}


def _of_episode(file: CaseFile, episode_id: str) -> Iterator[tuple[str, str]]:
    if (alert := alert_told(file, episode_id)) is not None:
        yield "Need to know", _alert_words(alert)
    if (strategy := strategy_told(file, episode_id)) is not None:
        yield "Strategy meeting", _strategy_words(strategy)
    check = file.told.episodes[episode_id].interview_check if file.told else ""
    if check:
        yield "Interview", STATE_WORDS[CheckState(check)]


def _of_plan(file: CaseFile) -> Iterator[tuple[str, str]]:
    """The check too of a plan that is kept here, where no checks are."""
    if (plan := plan_told(file)) is not None:
        yield "Find Me Plan", plan_words(plan)
    one = file.told.plans.get(file.child.child_id) if file.told else None
    if one is not None and one.check:
        yield "Check of the plan", STATE_WORDS[CheckState(one.check)]


def _alert_words(told: AlertTold) -> str:
    """Read is what the Director's own laptop says, or what somebody wrote down."""
    if not told.begun:
        return "None recorded"
    if not told.sent_to and not told.notice_sent:
        return "Begun, not sent"
    director = next((one for one in told.sent_to if one.director), None)
    sent = _moment((director.at if director else "") or told.notice_sent)
    read = _moment(told.notice_read or (director.read_at if director else ""))
    if director is None and not told.notice_sent:
        return "Sent, not to the Director yet"
    said = f"Sent to the Director {sent}".strip()
    return f"{said}, read {read}" if read else f"{said}, not read yet"


def _strategy_words(told: DecidedTold) -> str:
    return f"Decided {_moment(told.on)}".strip() if told.decided else "No decision recorded"


def _moment(text: str) -> str:
    """Of a day that is known as such, no hour."""
    known = span(text)
    if known is None:
        return ""
    return day_and_time(known.first) if known.first == known.last else day(local(known.first).date())
