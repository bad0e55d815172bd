"""What is known already, each with where it comes from, so that nobody asks a child twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.dates_in_words import counted, local, month_day, when
from casework.forms.conditions import is_answered
from casework.practice.lives.real_episodes import began, ended
from casework.practice.triggers import Episode
from desktop.flows.case_file import EPISODE, CaseFile
from desktop.flows.child.facts import best_way, facts
from desktop.flows.child.people_around import people
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

LOOKED_BACK = timedelta(days=90)
_CLOSE = 5  # people named
_FROM_CHILD = (("language", "Language"), ("pronouns", "Pronouns"))


@dataclass(frozen=True, slots=True)
class KnownFact:
    """`on_paper`: whether a sheet that may be lost can hold it."""

    name: str
    words: str
    source: str
    on_paper: bool = False


def known_already(desk: Desk, file: CaseFile) -> tuple[KnownFact, ...]:
    """The last time away first; a role that holds no episodes is told nothing of them, not that there were none."""
    return (*_episodes(desk, file), *_child(desk, file), *_facts(desk, file), *_people(file))


def _episodes(desk: Desk, file: CaseFile) -> Iterator[KnownFact]:
    if not file.holds(EPISODE) and file.asked_until is None:
        return
    real = file.real_episodes()
    if not real:
        return
    last = real[-1]
    yield from _last(desk, file, last)
    before = [one for one in file.every_episode() if one.id != last.record_id and one.began > file.now - LOOKED_BACK]
    if before:
        told = "; ".join(_how_long(one, file.today) for one in reversed(before[-3:]))
        source = f"{counted(len(before), 'time')} in the 90 days before"
        yield KnownFact("Before", told, source, on_paper=True)


def _last(desk: Desk, file: CaseFile, last: Summary) -> Iterator[KnownFact]:
    start, end = began(last), ended(last)
    if start is None:
        return
    back = f" to {when(end, file.now)}" if end else ", not back yet"
    police = "Police report" if last.answers.get("police_ref") else "Missing episode"
    length = f", {_hours(end - start)}" if end else ""
    yield KnownFact("Away", f"{when(start, file.now)}{back}", f"{police}{length}", on_paper=True)
    form = desk.catalogue.form(EPISODE, last.form_version)
    said = [
        desk.catalogue.display(form, name, last.answers[name], file.child.first_name)
        for name in ("returned_how", "found_where")
        if name in form.by_id and is_answered(last.answers.get(name))
    ]
    if said:
        yield KnownFact("Back", ". ".join(said), "Missing episode", on_paper=True)


def _how_long(one: Episode, today: date) -> str:
    away = f", {_hours(one.ended - one.began)}" if one.ended else ""
    return f"{month_day(local(one.began).date(), today)}{away}"


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def _child(desk: Desk, file: CaseFile) -> Iterator[KnownFact]:
    form = desk.catalogue.form("child")
    for question, name in _FROM_CHILD:
        if value := file.child.facts.get(question):
            yield KnownFact(name, desk.catalogue.display(form, question, value), "Child’s record", on_paper=True)
    if best := best_way(file):
        yield KnownFact("Best way to talk", best, "The child’s own word", on_paper=True)


def _facts(desk: Desk, file: CaseFile) -> Iterator[KnownFact]:
    """Health goes on paper, for it may be needed at once; addresses, numbers and names of workers do not."""
    for fact in facts(desk, file):
        yield KnownFact(fact.name, fact.value, fact.source, on_paper=fact.name == "Health")


def _people(file: CaseFile) -> Iterator[KnownFact]:
    named = [person for person in people(file) if person.tie != "concern"][:_CLOSE]
    if named:
        sources = ", ".join(dict.fromkeys(person.source for person in named))
        yield KnownFact("People", "; ".join(person.named for person in named), sources)
