"""What a record shows that nobody types: answers that are worked out, and other records by words instead of ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.forms import Filled
from casework.forms.wording import say_moment
from casework.practice.computed import computed
from casework.practice.lives.case_shapes import CASE
from desktop.flows.children import title_of
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord
from desktop.flows.record.linked_records import cases_of
from desktop.store.vault import Summary

_WHEN = ("last_seen_at", "reported_at", "found_at", "submitted_on")
_NOT_ASKED_FOR = {"child", "note", "appointment", "action"}


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """`computed` is by question id; `linked` holds, by form, the ids and words of this child's records."""

    computed: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def known_about(desk: Desk, record: OpenRecord) -> WorkedOut:
    filled = Filled(record.definition, record.answers, record.context)
    return WorkedOut(computed_now(desk, filled), _linked(desk, record))


def computed_now(desk: Desk, filled: Filled) -> Mapping[str, str]:
    """What each question that nobody types says now, in words, by the council's file. Window, PDF and command line
    all ask here, so that they never say two things."""
    return computed(filled, desk.catalogue.council)


def _linked(desk: Desk, record: OpenRecord) -> dict[str, tuple[tuple[str, str], ...]]:
    questions = [q for question in record.definition.questions() for q in (question, *question.columns)]
    forms = {question.links_to for question in questions if question.links_to}
    return {form: tuple(_named(desk, s) for s in _of(desk, record, form)) for form in forms}


def _of(desk: Desk, record: OpenRecord, form_id: str) -> list[Summary]:
    """“Any” is whatever something can be asked for: a referral, a case, an episode, a visit, an interview."""
    if form_id == CASE:
        return [s for s in cases_of(desk, CASE, record.view.child_id) if s.record_id != record.record_id]
    if form_id != "any":
        return list(desk.vault.summaries(form_id=form_id, child_id=record.view.child_id))
    every = desk.vault.summaries(child_id=record.view.child_id)
    return [s for s in every if s.form_id not in _NOT_ASKED_FOR and s.record_id != record.record_id]


def _named(desk: Desk, summary: Summary) -> tuple[str, str]:
    """“Missing episode, 24 March 2026, 22:20”."""
    when = next((summary.answers[q] for q in _WHEN if summary.answers.get(q)), None)
    return summary.record_id, f"{title_of(desk, summary)}, {say_moment(when)}" if when else title_of(desk, summary)
