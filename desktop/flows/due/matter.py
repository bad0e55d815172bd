"""One thing that needs a person: what happened, by which rule and source, by when, and what opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from casework.canonical import JSON
from casework.dates_in_words import counted, near_day
from casework.practice.deadlines import Deadline
from desktop.flows.case_file import CaseFile
from desktop.flows.children import Child
from desktop.flows.rule_sources import said_source


class Matter(Struct, frozen=True):
    """`record_id` is empty until somebody has begun the record; `begins` names its form and `known` its first facts.

    `decides`: a decision somebody must take, not a day that comes by itself. `age`: for how many days it has waited.
    `part`: the section of the record that it is settled in, where that is not the first.
    """

    kind: str
    child: Child
    title: str
    line: str
    rule: str
    source: str
    due: date
    act: str
    record_id: str
    begins: str = ""
    known: Mapping[str, JSON] = field(default_factory=dict)
    decides: bool = False
    age: int = 0
    part: str = ""

    @property
    def id(self) -> str:
        """One name for one matter, whichever screen shows it."""
        return f"{self.kind}/{self.record_id or self.child.child_id}/{self.due.isoformat()}"

    @property
    def waited(self) -> str:
        """“Waiting 41 days”; empty on the day itself and before."""
        return f"Waiting {counted(self.age, 'day')}" if self.age > 0 else ""

    @property
    def because(self) -> str:
        return f"Rule: {self.rule}. Source: {self.source}."


def matter_by(found: Deadline, file: CaseFile, *, kind: str, title: str, act: str, record_id: str) -> Matter:
    """A deadline of a record that is there."""
    line, late = due_words(found.due, file.today, found.what), (file.today - found.due).days
    source = said_source(found.source)
    return Matter(kind, file.child, title, line, found.what, source, found.due, act, record_id, age=late)


def due_words(due: date, today: date, what: str) -> str:
    """“Review due Wed 1 April”, “Review was due 9 December 2025”."""
    named = what.removesuffix(" due").removesuffix("Due")
    verb = "was due" if due < today else "due"
    start = f"{named} {verb}" if named else verb.capitalize()
    return f"{start} {'today' if due == today else near_day(due, today)}"
