"""One thing that needs a person: what happened, by which rule and source, by when, and what opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.canonical import JSON
from casework.practice.deadlines import Deadline
from desktop.flows.casefile import CaseFile
from desktop.flows.children import Child
from desktop.flows.sources import said_source
from desktop.flows.wording import short_day


@dataclass(frozen=True, slots=True)
class Matter:
    """`record_id` is empty until somebody has begun the record; `begins` names its form and `known` its first facts.

    `decides`: a decision somebody must take, not a day that comes by itself.
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

    @property
    def id(self) -> str:
        """One name for one matter, whichever screen shows it."""
        return f"{self.kind}/{self.record_id or self.child.child_id}/{self.due.isoformat()}"

    @property
    def because(self) -> str:
        return f"Rule: {self.rule}. Source: {self.source}."


def matter_by(found: Deadline, file: CaseFile, *, kind: str, title: str, act: str, record_id: str) -> Matter:
    """A deadline of a record that is there."""
    line, rule = due_words(found.due, file.today, found.what), f"{found.what}, {found.rule}"
    return Matter(kind, file.child, title, line, rule, said_source(found.source), found.due, act, record_id)


def due_words(due: date, today: date, what: str) -> str:
    """“Review due Wed 1 April”, “Review was due Tue 24 March”."""
    named = what.removesuffix(" due").removesuffix("Due")
    verb = "was due" if due < today else "due"
    start = f"{named} {verb}" if named else verb.capitalize()
    return f"{start} {'today' if due == today else short_day(due)}"
