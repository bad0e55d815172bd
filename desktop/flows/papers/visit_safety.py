"""What may be a danger at a visit, from everything here that says so, each with its source and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.forms.moments import span
from casework.practice.lives.states import rows
from casework.practice.notices.notice_table import VISIT, VISIT_REQUEST
from desktop.flows.case_file import EPISODE, PLAN, CaseFile
from desktop.flows.child.facts import plan_name
from desktop.flows.child.people_around import people
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

NONE_WRITTEN = "Nobody has written down a risk for this visit. Ask whoever knows the address."
_RISKS = (("known_risks", "Appointment"), ("lone_worker", "Safe-and-well visit"), ("risks", "Request for the visit"))
_NO_RISK = ("", "no", "none", "none known", "nothing known")


@dataclass(frozen=True, slots=True)
class Caution:
    words: str
    source: str


def cautions(desk: Desk, file: CaseFile, planned: Summary | None, record: Summary | None) -> tuple[Caution, ...]:
    """What was written for this visit first, then for earlier ones, then people and places to keep away from."""
    written = [one for one in (planned, record) if one is not None]
    earlier = [s for form in (VISIT_REQUEST, VISIT) for s in file.of(form) if s not in written and not _says_none(s)]
    found = (*_written((*written, *earlier)), *_police(desk, file), *_places(file), *_people(file))
    return tuple(dict.fromkeys(found))


def _says_none(summary: Summary) -> bool:
    """Of an earlier visit that is no news."""
    said = [_text(summary.answers, question) for question, _source in _RISKS]
    return all(words.lower().rstrip(".") in _NO_RISK for words in said)


def _written(summaries: tuple[Summary, ...]) -> Iterator[Caution]:
    for summary in summaries:
        for question, source in _RISKS:
            if words := _text(summary.answers, question):
                yield Caution(words, f"{source}, {_day(summary)}")


def _police(desk: Desk, file: CaseFile) -> Iterator[Caution]:
    """How police judged the last time away."""
    real = file.real_episodes()
    risk = real[-1].answers.get("police_risk") if real else None
    if risk:
        said = desk.catalogue.display(desk.catalogue.form(EPISODE), "police_risk", risk)
        yield Caution(f"Police risk, last time away: {said.lower()}", f"Missing episode, {_day(real[-1])}")


def _places(file: CaseFile) -> Iterator[Caution]:
    plans = file.agreed_plans() if file.holds(PLAN) else []
    for row in rows(plans[-1].answers, "likely_places") if plans else ():
        if row.get("safe_to_approach") is False and row.get("name"):
            yield Caution(f"Do not go up to it alone: {row['name']}", plan_name(file, plans[-1]))


def _people(file: CaseFile) -> Iterator[Caution]:
    for person in people(file):
        if person.tie == "concern":
            yield Caution(f"{person.named}: {person.words}", person.source)


def _day(summary: Summary) -> str:
    written = span(summary.signed_at or summary.created_at)
    return day(local(written.first).date()) if written else "day not known"


def _text(answers: Mapping[str, JSON], name: str) -> str:
    value = answers.get(name)
    return value.strip() if isinstance(value, str) else ""
