"""A visit that was asked for: whom its request reaches, and that signing the visit tells whoever asked."""

from __future__ import annotations

from casework.forms import Finding
from casework.practice.notices.notice_table import VISIT, VISIT_REQUEST
from casework.practice.roles import EDUCATION
from casework.records import RecordView, field_path
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord, current_view, save

TOLD = "told_requester_at"


def request_stops(desk: Desk, record: OpenRecord) -> tuple[Finding, ...]:
    """A request that would reach nobody is not signed."""
    locality, council = record.answers.get("locality"), desk.catalogue.council
    if record.definition.id != VISIT_REQUEST or record.locked or not isinstance(locality, str):
        return ()
    team = council.teams.get(council.localities.get(locality, ""))
    if team is not None and EDUCATION in team.strands:
        return ()
    say = "No team is named for this locality in the council’s file. Choose the locality of the address to visit."
    section = record.definition.section_of["locality"]
    return (Finding("locality", None, "contradiction", say, True, "S2 §15", section_id=section.id),)


def note_told(desk: Desk, record_id: str) -> None:
    """S2 §15: the notice to the asker goes with the signature, so that is when they were told."""
    view = current_view(desk, record_id)
    if _answers_a_request(desk, view) and not view.is_answered(TOLD):
        save(desk, record_id, field_path(TOLD), desk.now().isoformat(timespec="seconds"))


def is_told_by_signing(desk: Desk, record: OpenRecord, finding: Finding) -> bool:
    """Advice to tell whoever asked, where the signature does that."""
    return finding.question_id == TOLD and not record.locked and _answers_a_request(desk, record.view)


def _answers_a_request(desk: Desk, view: RecordView) -> bool:
    asked = view.answers().get("linked_record") if view.form_id == VISIT else None
    return isinstance(asked, str) and desk.vault.view(asked).form_id == VISIT_REQUEST
