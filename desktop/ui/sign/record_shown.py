"""All that Check and sign is made of, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.flows.case_file import PLAN, held_forms
from desktop.flows.desk import Desk
from desktop.flows.due import find_me_plans
from desktop.flows.due.find_me_plans import PlanCard
from desktop.flows.due.report_leads_on import NextStep, next_steps
from desktop.flows.record.plan_versions import version_of
from desktop.flows.record.worked_out import WorkedOut, known_about
from desktop.flows.signing import correcting, signing
from desktop.flows.signing.checking import Checking, checking
from desktop.flows.signing.correcting import Correction
from desktop.flows.signing.signing import Check
from desktop.flows.visits.met_when import MetFact, met_when
from desktop.ui.sign.next_plan import LEADS_ON


@dataclass(frozen=True, slots=True)
class Shown:
    """`correction`: what is half written of one; `version`: which plan it
    is, and whether it is the live one."""

    check: Check
    known: WorkedOut
    plan: PlanCard | None
    correction: Correction
    version: str
    steps: tuple[NextStep, ...]
    checking: Checking
    met: tuple[MetFact, ...]


def read_shown(desk: Desk, record_id: str) -> Shown:
    found = signing.check(desk, record_id)
    record = found.record
    plans_held = not desk.officer.role or PLAN in held_forms(desk)
    leads_on = record.locked and record.definition.id in LEADS_ON and plans_held
    plan = find_me_plans.plan_card(desk, record.view.child_id) if leads_on else None
    version = version_of(desk, record.view)
    kept, standing = correcting.kept(desk, record_id), version.line if version else ""
    steps, check_of = next_steps(desk, record_id), checking(desk, record_id)
    met = met_when(record) if not record.read_only else ()
    return Shown(found, known_about(desk, record), plan, kept, standing, steps, check_of, met)
