"""The child as the screens name them, and the page of one child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.errors import UnknownRecord
from desktop.flows.desk import Desk
from desktop.flows.wording import age_on, day, local
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class Child:
    """`first_name` is what the child is called in questions; `age` is None while the birth date is not known."""

    child_id: str
    name: str
    first_name: str
    born: date | None
    age: int | None
    facts: dict[str, JSON]

    @property
    def name_and_age(self) -> str:
        return self.name if self.age is None else f"{self.name}, {self.age}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a child's history. `state` is draft, signed, or decide."""

    record_id: str
    form_id: str
    title: str
    when: datetime
    state: str
    received: bool


@dataclass(frozen=True, slots=True)
class ChildPage:
    child: Child
    lines: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


def child_of(desk: Desk, child_id: str) -> Child:
    """Raises UnknownRecord when this laptop holds no such child."""
    found = [s for s in desk.vault.summaries(form_id="child", child_id=child_id) if s.record_id == child_id]
    if not found:
        message = "That child is not on this laptop. Find the child, or ask for the case to be allocated to you."
        raise UnknownRecord(message)
    return _child(desk, found[0])


def children(desk: Desk) -> tuple[Child, ...]:
    """Every child on this laptop, by name."""
    found = [_child(desk, summary) for summary in desk.vault.summaries(form_id="child")]
    return tuple(sorted(found, key=lambda child: child.name.casefold()))


def child_page(desk: Desk, child_id: str) -> ChildPage:
    child = child_of(desk, child_id)
    entries = [_entry(desk, s) for s in desk.vault.summaries(child_id=child_id) if s.form_id != "note"]
    entries.sort(key=lambda entry: entry.when, reverse=True)
    return ChildPage(child, _lines(desk, child), tuple(entries))


def state_of(summary: Summary) -> str:
    if summary.conflicts:
        return "decide"
    return "signed" if summary.locked else "draft"


def title_of(desk: Desk, summary: Summary) -> str:
    return desk.catalogue.form(summary.form_id, summary.form_version).title


def _entry(desk: Desk, summary: Summary) -> Entry:
    return Entry(
        summary.record_id,
        summary.form_id,
        title_of(desk, summary),
        _moment_of(summary),
        state_of(summary),
        summary.received_at is not None,
    )


def _moment_of(summary: Summary) -> datetime:
    """When the matter itself happened, so that history reads in the child's order, not the typist's."""
    for question in ("found_at", "last_seen_at", "started_at", "visit_at"):
        value = summary.answers.get(question)
        if isinstance(value, str):
            return datetime.fromisoformat(value)
    return datetime.fromisoformat(summary.created_at)


def _lines(desk: Desk, child: Child) -> tuple[tuple[str, str], ...]:
    definition = desk.catalogue.form("child")
    facts = [
        (q.label, desk.catalogue.display(definition, q.id, child.facts[q.id]))
        for q in definition.questions()
        if q.id in child.facts and not q.is_group
    ]
    return tuple(facts)


def _child(desk: Desk, summary: Summary) -> Child:
    facts = summary.answers
    given, family = str(facts.get("given_name") or ""), str(facts.get("family_name") or "")
    born = date.fromisoformat(value) if isinstance(value := facts.get("date_of_birth"), str) else None
    age = age_on(born, local(desk.now()).date()) if born else None
    known_as = str(facts.get("known_as") or "")
    name = f"{given} {family}".strip() or known_as or "Name not known"
    if known_as and known_as not in name:
        name = f"{name} ({known_as})"
    return Child(summary.record_id, name, known_as or given or family, born, age, dict(facts))


def born_line(child: Child) -> str:
    return f"Born {day(child.born)}" if child.born else "Date of birth not known"
