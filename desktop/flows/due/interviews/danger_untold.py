"""A child who may be in danger, and no word yet of who was told: said before the record is finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.dates_in_words import near_day
from casework.forms.moments import day_said
from casework.practice.deadlines import urgent_concern
from casework.practice.standing import is_danger_untold
from desktop.flows.case_file import INTERVIEW, CaseFile
from desktop.flows.due.education_clock import created_on
from desktop.flows.due.matter import Matter
from desktop.flows.rule_sources import said_source

DANGER, VISIT = "danger", "safe_well_visit"
_WRITTEN_IN: Mapping[str, tuple[str, str]] = {
    INTERVIEW: ("return home interview", "next"),
    VISIT: ("safe-and-well visit", "result"),
}
"""Forms that ask whether a child is in danger now: what they are called, and the section that asks who was told."""


def danger_untold(file: CaseFile) -> Iterator[Matter]:
    """D14: one for each record; it goes when somebody who was told is written in it."""
    for form_id, (called, part) in _WRITTEN_IN.items():
        for record in (one for one in file.of(form_id) if is_danger_untold(one.answers)):
            met = day_said(record.answers, "started_at") or created_on(file, record)
            found = urgent_concern(min(met, file.today))
            sure = record.answers.get("immediate_danger") == "yes"
            yield Matter(
                kind=DANGER,
                child=file.child,
                title=f"{'In danger' if sure else 'May be in danger'}: nobody is recorded as told",
                line=f"Written in the {called} of {near_day(found.due, file.today)}",
                rule=f"{found.what} the same day, before the form is finished",
                source=said_source(found.source),
                due=found.due,
                act="Record who was told",
                record_id=record.record_id,
                decides=True,
                age=(file.today - found.due).days,
                part=part,
            )
