"""The people in a child's life, and how strong each tie is: from the child's record, the plan and interviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.dates_in_words import day, local
from casework.forms.moments import span
from casework.practice.lives.states import rows
from desktop.flows.case_file import INTERVIEW, CaseFile
from desktop.store.vault import Summary

TIES = {"strong": "strong", "growing": "growing", "weak": "weak", "strained": "strained"}
CONCERNS = {"some": "some concern", "high": "concern high"}
UNKNOWN = "not said"
_RELATION = {
    "friend": "friend",
    "family": "family",
    "partner": "partner",
    "online_only": "online",
    "older_friend": "older friend",
    "other_missing_child": "friend",
    "professional": "worker",
}


@dataclass(frozen=True, slots=True)
class Person:
    """`tie` is strong, growing, weak, strained, concern or unknown: how the line to the child is drawn."""

    name: str
    relation: str
    tie: str
    words: str
    source: str

    @property
    def named(self) -> str:
        """“Jude, brother”."""
        return f"{self.name}, {self.relation}" if self.relation else self.name


@dataclass(frozen=True, slots=True)
class _Said:
    name: str
    relation: str
    strength: str
    concern: str
    source: str


def people(file: CaseFile) -> tuple[Person, ...]:
    """One person once, under the first name they were called by; what was said last about the tie holds."""
    found: dict[str, _Said] = {}
    for said in _everyone(file):
        key = said.name.split(",")[0].split("(")[0].strip().casefold()
        before = found.get(key)
        found[key] = _joined(before, said) if before else said
    return tuple(sorted((_person(said) for said in found.values()), key=lambda person: _ORDER.index(person.tie)))


_ORDER = ("strong", "growing", "weak", "strained", "unknown", "concern")


def _joined(before: _Said, now: _Said) -> _Said:
    latest = now if now.strength or now.concern else before
    return _Said(
        before.name,
        before.relation or now.relation,
        now.strength or before.strength,
        now.concern or before.concern,
        latest.source,
    )


def _person(said: _Said) -> Person:
    if said.concern in CONCERNS:
        return Person(said.name, said.relation, "concern", CONCERNS[said.concern], said.source)
    words = TIES.get(said.strength, UNKNOWN)
    return Person(said.name, said.relation, said.strength if said.strength in TIES else "unknown", words, said.source)


def _everyone(file: CaseFile) -> Iterator[_Said]:
    """Oldest source first: the child's record, then plans and interviews in their order."""
    facts, source = file.child.facts, "Child’s record"
    for group, relation in (("adults", ""), ("siblings", "sibling")):
        for row in rows(facts, group):
            yield from _said(row, str(row.get("relationship") or relation), str(row.get("strength") or ""), source)
    papers = [*file.agreed_plans()[-1:], *file.of(INTERVIEW)]
    for paper in sorted(papers, key=lambda paper: paper.signed_at or paper.created_at):
        yield from _of_paper(file, paper)


def _of_paper(file: CaseFile, paper: Summary) -> Iterator[_Said]:
    source = _source(file, paper)
    for group in ("associates", "people"):
        for row in rows(paper.answers, group):
            relation = _RELATION.get(str(row.get("tie")), "")
            yield from _said(row, relation, _text(row, "strength"), source, _text(row, "concern"))
    for group in ("my_people", "safe_people"):
        for row in rows(paper.answers, group):
            yield from _said(row, "", "strong", source)


def _source(file: CaseFile, paper: Summary) -> str:
    at = span(paper.answers.get("started_at")) or span(paper.signed_at or paper.created_at)
    when = day(local(at.first).date()) if at else ""
    plans = [plan.record_id for plan in file.agreed_plans()]
    if paper.record_id in plans:
        return f"Find Me Plan {plans.index(paper.record_id) + 1}, {when}"
    return f"Interview, {when}"


def _said(row: Mapping[str, object], relation: str, strength: str, source: str, concern: str = "") -> Iterator[_Said]:
    """“Nan, Pauline” and “Jude (brother)” keep their words; a row without a name says nothing."""
    name = _text(row, "name")
    if name:
        yield _Said(name, relation, strength, concern, source)


def _text(row: Mapping[str, object], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""
