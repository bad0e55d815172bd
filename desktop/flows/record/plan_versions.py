"""Which Find Me Plan is the live one: of those that were agreed, the last to be signed, whenever each was begun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.dates_in_words import day, local
from casework.practice.lives.kept_record import signing_order
from casework.records import RecordView
from desktop.flows.case_file import PLAN
from desktop.flows.desk import Desk
from desktop.store.vault import Summary


class PlanStanding(StrEnum):
    LIVE = "live"
    REPLACED = "replaced"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """`agreed` is None for a draft; `replaced_on` and `replaced_by` stand only where a later version was agreed."""

    record_id: str
    number: int
    standing: PlanStanding
    agreed: datetime | None = None
    replaced_on: datetime | None = None
    replaced_by: int = 0

    @property
    def line(self) -> str:
        """“Version 2, agreed 10 March 2026, replaced on 17 March 2026 by version 3”."""
        if self.agreed is None:
            return f"Version {self.number}, a draft that nobody has agreed"
        agreed = f"Version {self.number}, agreed {_day_of(self.agreed)}"
        if self.replaced_on is None:
            return f"{agreed}, the live plan"
        return f"{agreed}, replaced on {_day_of(self.replaced_on)} by version {self.replaced_by}"


def plan_versions(plans: Iterable[Summary]) -> tuple[PlanVersion, ...]:
    """The agreed ones from the first to the live one, then the drafts, which would all be the next."""
    held = list(plans)
    agreed = sorted((plan for plan in held if plan.locked), key=signing_order)
    drafts = sorted((plan for plan in held if not plan.locked), key=lambda plan: plan.created_at)
    found = [_agreed(number, plan, agreed[number:]) for number, plan in enumerate(agreed, 1)]
    return (*found, *(PlanVersion(plan.record_id, len(agreed) + 1, PlanStanding.DRAFT) for plan in drafts))


def version_of(desk: Desk, plan: Summary | RecordView) -> PlanVersion | None:
    """None for a record that is no plan."""
    if plan.form_id != PLAN:
        return None
    held = plan_versions(desk.vault.summaries(form_id=PLAN, child_id=plan.child_id))
    return next((version for version in held if version.record_id == plan.record_id), None)


def live_plan(versions: Iterable[PlanVersion]) -> PlanVersion | None:
    return next((version for version in versions if version.standing is PlanStanding.LIVE), None)


def _agreed(number: int, plan: Summary, later: list[Summary]) -> PlanVersion:
    at = datetime.fromisoformat(str(plan.signed_at))
    if not later:
        return PlanVersion(plan.record_id, number, PlanStanding.LIVE, at)
    on = datetime.fromisoformat(str(later[0].signed_at))
    return PlanVersion(plan.record_id, number, PlanStanding.REPLACED, at, on, number + 1)


def _day_of(moment: datetime) -> str:
    return day(local(moment).date())
