"""The child as the screens name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from casework.canonical import JSON
from casework.dates_in_words import age_on, day, local, month_and_year
from casework.errors import UnknownRecord
from casework.forms.moments import span
from casework.forms.wording import say_moment
from casework.identifiers import BucketId
from casework.practice.groups.group_table import GROUPS, MEETING, GroupKind
from casework.practice.homes.of_no_child import OF_NO_CHILD, form_of_no_child
from casework.practice.lives.states import rows
from casework.practice.notices.notice_table import NOTICE
from casework.practice.police.police_list_rules import POLICE_LIST
from casework.practice.same_child import ChildSaid, child_name
from casework.practice.schools.movement_rules import RETURN
from desktop.flows.desk import Desk
from desktop.store.vault import Summary


class Child(Struct, frozen=True):
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
    """Raises UnknownRecord when this laptop holds nothing of that child. Some roles hold records of a child and not the
    child's own: then the name is what a notice to them says."""
    return child_among(desk, child_id, desk.vault.summaries(child_id=child_id))


def child_among(desk: Desk, child_id: str, held: Sequence[Summary]) -> Child:
    """Of the child's records, read by whoever needs them besides. Raises UnknownRecord where there is none."""
    found = [s for s in held if s.record_id == child_id and s.form_id == "child"]
    if form_of_no_child(BucketId(child_id)):
        return Child(child_id, desk.officer.council or "The council", "", None, None, {})
    if not held:
        message = "That child is not on this laptop. Find the child, or ask for the case to be allocated to you."
        raise UnknownRecord(message)
    return child_from(desk, found[0]) if found else _as_told(desk, child_id, held)


def _as_told(desk: Desk, child_id: str, held: Sequence[Summary]) -> Child:
    told: dict[str, JSON] = {
        str(row.get("fact")): str(row.get("value") or "")
        for summary in held
        if summary.form_id == NOTICE
        for row in rows(summary.answers, "facts")
    }
    given, family, born = (told.get(f"child.{name}") for name in ("given_name", "family_name", "date_of_birth"))
    return _child(desk, child_id, {"given_name": given, "family_name": family, "date_of_birth": born})


def children(desk: Desk) -> tuple[Child, ...]:
    """Every child on this laptop, by name."""
    found = [child_from(desk, summary) for summary in desk.vault.summaries(form_id="child")]
    return tuple(sorted(found, key=lambda child: child.name.casefold()))


def state_of(summary: Summary) -> Literal["draft", "signed", "decide"]:
    if summary.conflicts:
        return "decide"
    return "signed" if summary.locked else "draft"


def title_of(desk: Desk, summary: Summary) -> str:
    """Of a record that names no child, with what tells it from its like: a month, a school, the day of a group."""
    if summary.form_id in OF_NO_CHILD and (own := _of_no_child(summary)):
        return own
    return desk.catalogue.form(summary.form_id, summary.form_version).title


def _of_no_child(summary: Summary) -> str:
    """Empty while it does not say."""
    said = summary.answers
    month, held_at = span(said.get("month")), span(said.get("held_at"))
    if summary.form_id == POLICE_LIST:
        return f"Police list of {month_and_year(month.first)}" if month else ""
    if summary.form_id == MEETING and held_at and said.get("kind") in set(GroupKind):
        return f"{GROUPS[GroupKind(str(said['kind']))].title}, {day(local(held_at.first).date())}"
    if summary.form_id == RETURN and month and said.get("school"):
        return f"Children who joined and left {said['school']}, {month_and_year(month.first)}"
    return ""


def child_from(desk: Desk, summary: Summary) -> Child:
    return _child(desk, summary.record_id, summary.answers)


def _child(desk: Desk, child_id: str, facts: Mapping[str, JSON]) -> Child:
    given, family = str(facts.get("given_name") or ""), str(facts.get("family_name") or "")
    born = date.fromisoformat(value) if isinstance(value := facts.get("date_of_birth"), str) else None
    age = age_on(born, local(desk.now()).date()) if born else None
    known_as = str(facts.get("known_as") or "")
    return Child(child_id, child_name(facts), known_as or given or family, born, age, dict(facts))


def born_line(child: Child) -> str:
    return f"Born {said}" if (said := born_words(child)) else "Date of birth not known"


def born_words(child: Child) -> str:
    """“9 June 2011”, or “about June 2011” where no more is known; empty where nothing is."""
    known = child.facts.get("date_of_birth")
    return say_moment(known) if span(known) else ""


def facts_of_name(name: str, born: date | None) -> dict[str, JSON]:
    """What the record of somebody whom a list names begins with; the last word is the family’s."""
    given, _, family = name.rpartition(" ")
    facts: dict[str, JSON] = {"given_name": given or family, "family_name": family if given else ""}
    facts |= {"date_of_birth": born.isoformat()} if born else {}
    return {name: value for name, value in facts.items() if value}


def children_like(desk: Desk, name: str, born: date | None) -> list[Child]:
    """Those here who may be the one whom a list names."""
    said = ChildSaid.of(facts_of_name(name, born))
    return [one for one in children(desk) if said.is_like(ChildSaid.of(one.facts))]


def is_plainly(name: str, born: date | None, like: Sequence[Child]) -> bool:
    """One child alone is like, and is called so."""
    return len(like) == 1 and ChildSaid.of(facts_of_name(name, born)).is_named_as(ChildSaid.of(like[0].facts))
