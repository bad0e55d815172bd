"""What a signed report says of its case: last contact, next contact and judgement, which nobody types twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.forms.moments import span
from casework.records import RecordView, field_path
from desktop.flows.desk import Desk
from desktop.flows.record.editing import current_view, save, seal
from desktop.flows.record.linked_records import open_case

CASE, REPORT = "ehe_case", "ehe_visit"
_CARRIED = ("next_contact", "suitability")


def carry_up(desk: Desk, signed: RecordView) -> str:
    """Into the child's case that goes on, unless that heard of the family later; the id of the case, or nothing."""
    case_id = open_case(desk, CASE, signed.child_id) if signed.form_id == REPORT else ""
    heard = _heard(signed.answers())
    if not case_id or heard is None or (case := current_view(desk, case_id)).locked:
        return ""
    last = span(case.answer(field_path("last_contact")))
    if last is not None and last.last.date() > heard:
        return ""
    answers = signed.answers()
    said: dict[str, JSON] = {"last_contact": heard.isoformat()}
    said |= {name: answers[name] for name in _CARRIED if isinstance(answers.get(name), str)}
    for name, value in said.items():
        if case.answer(field_path(name)) != value:
            save(desk, case_id, field_path(name), value)
    seal(desk, case_id)
    return case_id


def _heard(answers: Mapping[str, JSON]) -> date | None:
    """The day they met, or on which the family’s own report came; the later of the two."""
    met, wrote = span(answers.get("visit_at")), span(answers.get("report_received"))
    days = [local(one.last).date() for one in (met, wrote) if one is not None]
    return max(days, default=None)
