"""Answers that no way through the life of a record allows are refused before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from casework.canonical import JSON
from casework.errors import AnswerError, RecordError
from casework.forms import Filled
from casework.identifiers import RecordId, child_named
from casework.practice.forbidden_states import life_findings
from casework.practice.lives.who_enforces import SAY, is_step_of_others, touches_enforcement
from casework.records import Change, Merge, RecordView
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import changes_from
from desktop.flows.record.linked_records import context_of


class LifeRefused(RecordError):
    """What the answers would bring about is not allowed as the record stands; each sentence says what is missing."""


def refuse_what_its_life_forbids(desk: Desk, view: RecordView, changes: Iterable[Change]) -> None:
    """Only what these changes would bring about: what stands there already is shown, and is put right bit by bit."""
    kept = desk.vault.drafts.changes(view.record_id)
    changes = list(changes)
    refuse_step_of_others(desk, view, changes)
    changed = Merge(view.record_id, desk.vault.operations(view.record_id)).view([*kept, *changes])
    before = set(_forbidden(desk, view, view.answers()))
    if new := [text for text in _forbidden(desk, view, changed.answers()) if text not in before]:
        raise LifeRefused(" ".join(dict.fromkeys(new)))


def refuse_step_of_others(desk: Desk, view: RecordView, changes: Sequence[Change]) -> None:
    """A step of enforcement that is not for this officer’s role. Raises AnswerError: it stays in its box."""
    if not any(touches_enforcement(view.form_id, view.form_version, change.path) for change in changes):
        return
    kept = desk.vault.drafts.changes(view.record_id)
    changed = Merge(view.record_id, desk.vault.operations(view.record_id)).view([*kept, *changes])
    if is_step_of_others(desk.officer.role, view.answers(), changed.answers()):
        raise AnswerError(SAY)


def refuse_forbidden_beginning(desk: Desk, form_id: str, child_id: str, known: Mapping[str, JSON]) -> None:
    """Before a record begins, also a second case beside one that goes on. Raises LifeRefused."""
    definition = desk.catalogue.form(form_id)
    nothing = RecordView(RecordId(""), form_id, definition.version, child_id=child_named(child_id))
    changes = list(changes_from(definition, nothing, known))
    answers = Merge(RecordId(""), []).view(changes).answers()
    touched = (touches_enforcement(form_id, definition.version, change.path) for change in changes)
    if any(touched) and is_step_of_others(desk.officer.role, {}, answers):
        raise LifeRefused(SAY)
    if found := list(_forbidden(desk, nothing, answers)):
        raise LifeRefused(" ".join(dict.fromkeys(found)))


def _forbidden(desk: Desk, view: RecordView, answers: Mapping[str, JSON]) -> Iterator[str]:
    definition = desk.catalogue.form(view.form_id, view.form_version)
    return (found.text for found in life_findings(Filled(definition, answers, context_of(desk, view))))
