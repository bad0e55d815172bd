"""A decision about a school’s roll: who may sign it, what its case still lacks, and what the case has from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.canonical import JSON
from casework.forms import Filled, Finding
from casework.practice.forbidden_states import life_findings
from casework.practice.lives import life_of
from casework.practice.roles import role_name
from casework.records import RecordView, field_path
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord, current_view, open_record, save, seal

DECISION, ABOUT = "roll_decision", "about"
_CARRIED = ("removal_ground", "deletion", "authorised_on", "authorised_by")


def decision_stops(desk: Desk, record: OpenRecord) -> tuple[Finding, ...]:
    """Beside what its form asks for: the role of its signer, and what the life of the roll forbids of its case."""
    if record.definition.id != DECISION or record.locked:
        return ()
    return tuple(_stop(record, place, say) for place, say in _reasons(desk, record))


def carry_decision(desk: Desk, signed: RecordView) -> None:
    """Into the case it is about, unless that is signed: the letter and the clocks begin from there."""
    case_id = signed.answers().get(ABOUT) if signed.form_id == DECISION else None
    if not isinstance(case_id, str) or (case := current_view(desk, case_id)).locked:
        return
    for name, value in _said(signed.answers()).items():
        if case.answer(field_path(name)) != value:
            save(desk, case_id, field_path(name), value)
    seal(desk, case_id)


def decision_about(desk: Desk, case_id: str, child_id: str) -> str:
    """The last one about a case, signed or not; empty when there is none."""
    held = desk.vault.summaries(form_id=DECISION, child_id=child_id)
    about = [one for one in held if one.answers.get(ABOUT) == case_id and not one.discarded]
    return max(about, key=lambda one: one.created_at).record_id if about else ""


def _reasons(desk: Desk, record: OpenRecord) -> Iterator[tuple[str, str]]:
    who = next(step.who for step in life_of("school_roll").moves if step.after == "removal_authorised")
    if desk.officer.role not in who:
        named = ", ".join(role_name(role) for role in sorted(who))
        yield "authorised_by", f"Only these may authorise a removal: {named}."
    case_id = record.answers.get(ABOUT)
    if isinstance(case_id, str):
        yield from ((ABOUT, f"In the case: {text}") for text in _forbidden(desk, case_id, record.answers))


def _forbidden(desk: Desk, case_id: str, decision: Mapping[str, JSON]) -> Iterator[str]:
    """What the decision would bring about in its case."""
    case = open_record(desk, case_id)
    after_it = Filled(case.definition, {**case.answers, **_said(decision)}, case.context)
    before = {found.text for found in case.findings}
    return (found.text for found in life_findings(after_it) if found.text not in before)


def _said(decision: Mapping[str, JSON]) -> dict[str, JSON]:
    return {name: decision[name] for name in _CARRIED if decision.get(name) is not None}


def _stop(record: OpenRecord, question_id: str, say: str) -> Finding:
    section = record.definition.section_of[question_id]
    return Finding(question_id, None, "contradiction", say, True, "D10; S2 §7", section_id=section.id)
