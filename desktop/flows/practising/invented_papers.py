"""Invented papers for the demonstration: plans, alerts, visits and reports, some of them signed a while ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.errors import BugError
from casework.records import Author, Operation, Stamp
from desktop.flows.case_file import CaseFile, case_file
from desktop.flows.desk import Desk
from desktop.flows.due.missing_matters import matters
from desktop.flows.due.open_matter import open_matter
from desktop.flows.record import editing
from desktop.flows.record.attaching import attach
from desktop.flows.signing import signing
from desktop.paths import resources

PICTURES = resources() / "demo" / "pictures"


@dataclass(frozen=True)
class _Earlier(Author):
    """Says everything at one moment in the past: an invented history has to have happened some time."""

    at: str = ""

    def _operation(self, stamp: Stamp, *rest: Any) -> Operation:
        return super()._operation(replace(stamp, at=self.at), *rest)


@dataclass
class _Then(Desk):
    """The same desk, whose words were written at another time."""

    at: str = ""

    @property
    def author(self) -> Author:
        usual = Desk(self.vault, self.catalogue, self.now).author
        return _Earlier(usual.officer_id, usual.device_id, usual.key, self.at)


def back_then(desk: Desk, at: datetime) -> Desk:
    """A desk on which everything is written as of then."""
    return _Then(desk.vault, desk.catalogue, desk.now, desk.pen, at.isoformat(timespec="seconds"))


@dataclass(frozen=True, slots=True)
class InventedPaper:
    """What is written where; `strand` only where the form alone does not say it."""

    form_id: str
    child_id: str
    answers: Mapping[str, JSON]
    strand: str = ""


def put_down(desk: Desk, given: InventedPaper, signed: datetime | None) -> str:
    """A record with its pictures; signed as of `signed`, if at all. Raises BugError when it could not be signed."""
    record_id = editing.new_id()
    known = _with_pictures(desk, record_id, dict(given.answers))
    then = back_then(desk, signed) if signed else desk
    editing.new_record(then, given.form_id, given.child_id, known, strand=given.strand, record_id=record_id)
    if signed is None:
        return record_id
    found = signing.check(then, record_id)
    if found.stops:
        message = f"The invented {given.form_id} cannot be signed: {found.stops[0].text}"
        raise BugError(message)
    signing.lock_record(then, record_id, name=desk.officer.name, ink=None)
    return record_id


def settle(desk: Desk, file: CaseFile, manager: str) -> None:
    """What an invented past would have had decided by now: each meeting and alert at ten on the day it was due."""
    for _ in range(LONGEST):
        open_ones = [matter for matter in matters(file) if matter.decides and matter.begins in DECIDED]
        if not open_ones:
            return
        at = min(datetime.combine(open_ones[0].due, time(10), LONDON), desk.now())  # before ten it is not ten yet
        then = back_then(desk, at)
        record_id = open_matter(then, open_ones[0])
        editing.answer(then, record_id, DECIDED[open_ones[0].begins](manager, at.isoformat(timespec="seconds")))
        file = case_file(desk, file.child.child_id)


LONGEST = 12
DECIDED: Mapping[str, Callable[[str, str], dict[str, JSON]]] = {
    "strategy_meeting": lambda manager, at: {
        "held": False,
        "not_held_why": "Looked at in the weekly group instead.",
        "not_held_manager": manager,
        "not_held_on": at[:10],
    },
    "need_to_know": lambda manager, at: {"sent_to": [{"who": "team_manager", "name": manager, "at": at}]},
}


def _with_pictures(desk: Desk, record_id: str, value: dict[str, JSON]) -> dict[str, JSON]:
    """A row’s "file": "wren.png" becomes the picture of that name, kept in the store."""
    found: dict[str, JSON] = {}
    for name, item in value.items():
        if name == "file" and isinstance(item, str):
            found[name] = attach(desk, record_id, PICTURES / item)
        elif isinstance(item, list):
            found[name] = [_with_pictures(desk, record_id, one) if isinstance(one, dict) else one for one in item]
        else:
            found[name] = item
    return found
