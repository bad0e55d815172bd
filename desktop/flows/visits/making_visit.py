"""The team’s side: accepting a visit that was asked for, and beginning it with what the request says."""

from __future__ import annotations

from collections.abc import Iterator

from casework.canonical import JSON
from casework.errors import KnownError, UnknownRecord
from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.notices.notice_table import VISIT, VISIT_REQUEST
from casework.practice.roles import ASKED_AS_A_TEAM, EDUCATION
from casework.records import RecordView
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.notices import inbox
from desktop.flows.record.editing import current_view, new_record, new_row_id
from desktop.flows.visits.request_standing import AskedStanding, VisitAsked, visits_among


def visits_asked(desk: Desk) -> tuple[VisitAsked, ...]:
    """Every visit that was asked for, as far as this laptop holds it: of the officer’s asking, or of their team."""
    return visits_among(desk.vault.summaries())


def visit_asked(desk: Desk, any_id: str) -> VisitAsked:
    """By the id of the request, its notice or its visit. Raises UnknownRecord."""
    for one in visits_asked(desk):
        if any_id and any_id in (one.request_id, one.notice_id, one.visit_id):
            return one
    message = "No such request for a visit is on this laptop. Those that are: homeward visits"
    raise UnknownRecord(message)


def accept(desk: Desk, any_id: str, words: str = "") -> VisitAsked:
    """The child comes with the next sync. Raises UnknownRecord, AnswerError where another team is asked, and KnownError
    for what is no longer asked for."""
    found = visit_asked(desk, any_id)
    _refuse_withdrawn(found)
    inbox.acknowledge(desk, found.notice_id, words)
    return visit_asked(desk, found.notice_id)


def may_visit(desk: Desk, request: RecordView) -> bool:
    """A signed request, on the laptop of somebody whose team is asked."""
    return request.form_id == VISIT_REQUEST and request.locked and desk.officer.role in ASKED_AS_A_TEAM


def begin_visit(desk: Desk, any_id: str) -> str:
    """The visit that answers the request, begun once. Raises UnknownRecord, and KnownError for what is no longer asked
    for."""
    asked = visit_asked(desk, any_id)
    if asked.visit_id:
        return asked.visit_id
    _refuse_withdrawn(asked)
    if not asked.is_here:
        message = "The child comes to this laptop with the next sync, once the visit is accepted. Then begin it."
        raise UnknownRecord(message)
    request = current_view(desk, asked.request_id)
    return new_record(desk, VISIT, asked.child_id, dict(_known(desk, asked, request)), strand=EDUCATION)


def _refuse_withdrawn(asked: VisitAsked) -> None:
    if asked.standing is AskedStanding.WITHDRAWN:
        message = f"The visit is no longer asked for: {asked.withdrawn_by or 'its asker'} said so."
        raise KnownError(message)


def _known(desk: Desk, asked: VisitAsked, request: RecordView) -> Iterator[tuple[str, JSON]]:
    said, child = request.answers(), child_of(desk, asked.child_id)
    yield "linked_record", asked.request_id
    yield "requested_by", asked.asked_by
    if asked.asked_at is not None:
        yield "requested_at", asked.asked_at.isoformat(timespec="seconds")
    for name, named in (("purpose", "purpose"), ("address", "address"), ("lone_worker", "risks")):
        if is_answered(said.get(named)):
            yield name, said[named]
    if said.get("purpose") == "other":
        yield "purpose_other", said.get("why")
    born = {"date_of_birth": known} if span(known := child.facts.get("date_of_birth")) else {}
    yield "households", [{"id": new_row_id(), "name": child.name, **born}]
