"""What a signed interview says now, and in which words: read the same way for one child and for the whole service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from casework.dates_in_words import local
from casework.forms.moments import span
from casework.forms.wording import worded
from casework.practice.figures.collated_views import Told
from casework.records.corrected import corrected
from desktop.flows.case_file import INTERVIEW
from desktop.flows.desk import Desk
from desktop.store.vault import Summary


def begun_at(one: Summary) -> datetime | None:
    """None for an interview that nobody began."""
    started = span(one.answers.get("started_at"))
    return started.first if started else None


def held_on(one: Summary) -> date | None:
    """The day by London’s clocks."""
    begun = begun_at(one)
    return local(begun).date() if begun else None


def told_now(desk: Desk, one: Summary, on: date) -> Told:
    """As it stands now: a correction counts in the place of what it corrects."""
    view = desk.vault.view(one.record_id)
    return Told(view.record_id, view.child_id, on, corrected(view).answers)


def option_words(desk: Desk, question: str, child: str = "") -> Mapping[str, str]:
    """Of every version, so that an answer that is no longer offered has its words."""
    found: dict[str, str] = {}
    for version in sorted(desk.catalogue.versions(INTERVIEW)):
        asked = desk.catalogue.form(INTERVIEW, version).by_id.get(question)
        found |= {option.code: worded(option.label, child) for option in asked.options} if asked else {}
    return found
