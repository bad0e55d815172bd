"""Opening the case that answers a missing education referral: filled in from it, and one open case a child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import KnownError, NotThisRole
from casework.forms import Definition
from casework.practice.lives.case_shapes import CASE, is_what_arrived, referrals_of
from casework.practice.lives.states import Beside
from casework.practice.roles import EDUCATION, reach_of, role_name
from casework.practice.standing import state_of
from casework.records import RecordView
from desktop.flows.desk import Desk
from desktop.flows.record.editing import answer, current_view, new_record, new_row_id, seal
from desktop.flows.record.life_refused import LifeRefused
from desktop.flows.record.linked_records import cases_of, open_case
from desktop.store.vault import Summary

_GIVEN = (
    "referrer", "referral_ground", "submitted_on", "school", "pupil_name", "pupil_dob", "old_address", "new_address",
    "ethnicity", "ehcp", "fsm", "phase", "school_type", "year_group", "last_attended", "absence_unauthorised",
    "evidence_elsewhere", "evidence_details", "parents", "siblings", "locality",
)  # fmt: skip


def opens_cases(desk: Desk) -> bool:
    """Whether this officer’s role writes cases of missing education; before joining there is no role yet."""
    reach = reach_of(desk.officer.role)
    return not desk.officer.role or (reach.writes_form(CASE) and reach.opens(CASE, EDUCATION))


def case_answering(desk: Desk, referral_id: str, child_id: str) -> str:
    """The case that was opened from a referral, or to which it was added; empty when there is none."""
    found = (one for one in cases_of(desk, CASE, child_id) if referral_id in referrals_of(one.answers))
    return next((one.record_id for one in found), "")


def open_the_case(desk: Desk, referral_id: str) -> str:
    """The case there is already, when there is one: a child has one open case, and what arrives meanwhile is added to
    it. Raises KnownError before the referral is received, and NotThisRole."""
    seal(desk, referral_id)
    view = current_view(desk, referral_id)
    _refuse(desk, view)
    if case := case_answering(desk, referral_id, view.child_id):
        return case
    if case := open_case(desk, CASE, view.child_id):
        _add_to(desk, case, view)
        return case
    before = cases_of(desk, CASE, view.child_id)
    case = new_record(desk, CASE, view.child_id, _known(desk.catalogue.form(CASE), view, before))
    _log(desk, case)
    return case


def _is_received(view: RecordView) -> bool:
    return view.locked or state_of("cme_received", view.answers(), Beside()) == "received"


def _refuse(desk: Desk, view: RecordView) -> None:
    if not is_what_arrived(view.form_id, view.form_version):
        message = "A case is opened from a missing education referral. Name one that has come."
        raise KnownError(message)
    if not opens_cases(desk):
        message = f"The role “{role_name(desk.officer.role)}” opens no case of missing education. The CME officer does."
        raise NotThisRole(message)
    if not _is_received(view):
        message = "Finish the referral first: enter who sent it, and on which day."
        raise KnownError(message)


def _known(definition: Definition, referral: RecordView, before: list[Summary]) -> dict[str, JSON]:
    said = dict(_given(referral.answers()))
    last = max(before, key=lambda one: (one.created_at, one.record_id), default=None)
    again: dict[str, JSON] = {"previous_cme": True, "previous_case": last.record_id} if last else {}
    known: dict[str, JSON] = {"referral": referral.record_id, **said, **again}
    return {name: value for name, value in known.items() if name in definition.by_id}


def _given(answers: Mapping[str, JSON]) -> Iterator[tuple[str, JSON]]:
    """Rows get ids of their own: they are the case’s now."""
    for name in _GIVEN:
        value = answers.get(name)
        if isinstance(value, list):
            yield name, [{k: v for k, v in row.items() if k != "id"} if isinstance(row, dict) else row for row in value]
        elif value is not None:
            yield name, value


def _add_to(desk: Desk, case_id: str, referral: RecordView) -> None:
    """A case of before has no place for it, and a signed one stays as it is."""
    case = current_view(desk, case_id)
    if case.form_id != CASE or case.locked:
        return
    came = referral.answers().get("submitted_on")
    row: dict[str, JSON] = {"id": new_row_id(), "also_referral": referral.record_id, **({"on": came} if came else {})}
    answer(desk, case_id, {"also_referred": [row]})


def _log(desk: Desk, case_id: str) -> None:
    """Today, unless somebody has to look first, or say why there is a case: then the day waits for that."""
    try:
        answer(desk, case_id, {"logged_on": local(desk.now()).date().isoformat()})
    except LifeRefused:
        return
