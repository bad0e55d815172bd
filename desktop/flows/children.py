"""The child as the screens name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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


def child_of(desk: Desk, child_id: str) -> Child:
    """Raises UnknownRecord when this laptop holds no such child."""
    found = [s for s in desk.vault.summaries(form_id="child", child_id=child_id) if s.record_id == child_id]
    if not found:
        message = "That child is not on this laptop. Find the child, or ask for the case to be allocated to you."
        raise UnknownRecord(message)
    return child_from(desk, found[0])


def children(desk: Desk) -> tuple[Child, ...]:
    """Every child on this laptop, by name."""
    found = [child_from(desk, summary) for summary in desk.vault.summaries(form_id="child")]
    return tuple(sorted(found, key=lambda child: child.name.casefold()))


def state_of(summary: Summary) -> Literal["draft", "signed", "decide"]:
    if summary.conflicts:
        return "decide"
    return "signed" if summary.locked else "draft"


def title_of(desk: Desk, summary: Summary) -> str:
    return desk.catalogue.form(summary.form_id, summary.form_version).title


def child_from(desk: Desk, summary: Summary) -> Child:
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
