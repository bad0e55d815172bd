"""Answers that no way through the life of a record allows are refused before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casework.canonical import JSON
from casework.errors import RecordError
from casework.forms import Filled
from casework.identifiers import RecordId, child_named
from casework.practice.forbidden_states import life_findings
from casework.records import Change, Merge, RecordView
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import changes_from
from desktop.flows.record.linked_records import context_of


class LifeRefused(RecordError):
    """What the answers would bring about is not allowed as the record stands; each sentence says what is missing."""


def refuse_what_its_life_forbids(desk: Desk, view: RecordView, changes: Iterable[Change]) -> None:
    """Only what these changes would bring about: what stands there already is shown, and is put right bit by bit."""
    kept = desk.vault.drafts.changes(view.record_id)
    changed = Merge(view.record_id, desk.vault.operations(view.record_id)).view([*kept, *changes])
    before = set(_forbidden(desk, view, view.answers()))
    if new := [text for text in _forbidden(desk, view, changed.answers()) if text not in before]:
        raise LifeRefused(" ".join(dict.fromkeys(new)))


def refuse_forbidden_beginning(desk: Desk, form_id: str, child_id: str, known: Mapping[str, JSON]) -> None:
    """Before a record begins, also a second case beside one that goes on. Raises LifeRefused."""
    definition = desk.catalogue.form(form_id)
    nothing = RecordView(RecordId(""), form_id, definition.version, child_id=child_named(child_id))
    answers = Merge(RecordId(""), []).view(list(changes_from(definition, nothing, known))).answers()
    if found := list(_forbidden(desk, nothing, answers)):
        raise LifeRefused(" ".join(dict.fromkeys(found)))


def _forbidden(desk: Desk, view: RecordView, answers: Mapping[str, JSON]) -> Iterator[str]:
    definition = desk.catalogue.form(view.form_id, view.form_version)
    return (found.text for found in life_findings(Filled(definition, answers, context_of(desk, view))))
