"""Two episodes of one child that may be one: the other beside it, and what a person says about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import day, day_and_time, local
from casework.errors import UnknownRecord
from casework.forms.moments import span
from casework.practice.lives.real_episodes import began, ended
from desktop.flows.case_file import EPISODE, CaseFile, case_file, case_files
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.due.matter import Matter
from desktop.flows.record import editing
from desktop.store.vault import Summary, by_child

DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class RecordedEpisode:
    """One of the two, as named facts in one order, so that a person can read across."""

    record_id: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PossibleDouble:
    """`second` began later, and is the one that is marked when they are the same."""

    child: Child
    why: str
    first: RecordedEpisode
    second: RecordedEpisode


def possible_doubles_of(file: CaseFile) -> tuple[PossibleDouble, ...]:
    """Those nobody has decided about."""
    held = {summary.record_id: summary for summary in file.of(EPISODE)}
    return tuple(_double(file, held[first], held[second]) for first, second in file.doubles())


def every_double(desk: Desk) -> tuple[PossibleDouble, ...]:
    files = case_files(desk, by_child([*desk.vault.summaries(form_id=EPISODE), *desk.vault.summaries(form_id="child")]))
    return tuple(double for file in files.values() for double in possible_doubles_of(file))


def double_matters(file: CaseFile) -> Iterator[Matter]:
    """F12: until it is decided, the later one is not counted."""
    held = {summary.record_id: summary for summary in file.of(EPISODE)}
    for double in possible_doubles_of(file):
        start = began(held[double.second.record_id])
        due = local(start).date() if start else file.today
        yield Matter(
            kind=DOUBLE,
            child=file.child,
            title="Recorded twice? Two episodes may be one",
            line=double.why,
            rule="one child, one episode; until somebody decides they count as one",
            source="Ofsted, Missing children",
            due=due,
            act="Compare and decide",
            record_id=double.second.record_id,
            decides=True,
            age=(file.today - due).days,
        )


def same_as(desk: Desk, episode_id: str, other_id: str) -> None:
    """Marks the one as the other recorded again; nothing in it is lost. Raises UnknownRecord."""
    double = _between(desk, episode_id, other_id)
    why = f"{double.why}. Compared with the episode of {double.first.title}, and found to be the same."
    marks: dict[str, JSON] = {"outcome": "duplicate", "duplicate_of": double.first.record_id, "outcome_why": why}
    editing.answer(desk, double.second.record_id, marks)


def not_same_as(desk: Desk, episode_id: str, other_id: str) -> None:
    """They are two: both count from now on. Raises UnknownRecord."""
    double = _between(desk, episode_id, other_id)
    view = desk.vault.view(double.second.record_id)
    there = view.answers().get("not_same_as")
    row: JSON = {"id": editing.new_row_id(), "episode_id": double.first.record_id}
    editing.answer(desk, double.second.record_id, {"not_same_as": [*(there if isinstance(there, list) else []), row]})


def _between(desk: Desk, episode_id: str, other_id: str) -> PossibleDouble:
    file = case_file(desk, desk.vault.view(episode_id).child_id)
    for double in possible_doubles_of(file):
        if {double.first.record_id, double.second.record_id} == {episode_id, other_id}:
            return double
    message = "These two are not waiting for a decision. Look at the list again: homeward doubles"
    raise UnknownRecord(message)


def _double(file: CaseFile, first: Summary, second: Summary) -> PossibleDouble:
    ours, theirs = (str(s.answers.get("police_ref") or "").strip() for s in (first, second))
    same = bool(ours) and ours.casefold() == theirs.casefold()
    why = f"The same police reference, {ours}" if same else "One began before the other had ended"
    return PossibleDouble(file.child, why, _recorded(first), _recorded(second))


def _recorded(episode: Summary) -> RecordedEpisode:
    start, end, known = began(episode), ended(episode), episode.answers
    back = day_and_time(end) if end and _exact(known.get("found_at")) else day(local(end).date()) if end else ""
    lines = (
        ("Last seen", day_and_time(start) if start else "Not known"),
        ("Where", str(known.get("last_seen_where") or "Not recorded")),
        ("Police heard", _when(known.get("reported_at"))),
        ("Police reference", str(known.get("police_ref") or "Not recorded")),
        ("Found", back or "Still missing"),
    )
    return RecordedEpisode(episode.record_id, day_and_time(start) if start else "a day not known", lines)


def _exact(value: object) -> bool:
    found = span(value)
    return found is not None and found.first == found.last


def _when(value: object) -> str:
    found = span(value)
    return day_and_time(found.first) if found else "Not recorded"
