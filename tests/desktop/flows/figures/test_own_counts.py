"""A field worker's own figures by `homeward scorecard`: what the newest forms ask is what they count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.figures.scorecards import cards_offered
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)[0]


def counts(found: Any) -> dict[str, int]:
    return {one["number"]: one["count"] for one in found["figures"] if one["count"]}


def test_a_referral_counts_by_its_predominant_need_and_an_involvement_by_its_support(
    desk: Desk, tmp_path: Path
) -> None:
    known = Officer(id=OfficerId("o1"), name="Helen Marchbanks", role="ehe_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    child = editing.new_record(desk, "child", known={"given_name": "Ivo", "date_of_birth": "2014-05-04"})
    needs = ["attendance_engagement", "housing"]
    referral = editing.new_record(desk, "cme_case", child, {"logged_on": "2026-01-12", "presenting_need": needs})
    case = editing.new_record(desk, "ehe_case", child, {"notified_on": "2026-01-12"})

    quarter = ("scorecard", "cme", "--from", "2026-01-01", "--to", "2026-03-31")
    before = counts(run(desk, *quarter))
    for record, answers in (
        (referral, {"main_need": "housing"}),
        (case, {"stage": "not_ehe", "end_reason": "Stays.", "ended_on": "2026-02-02", "support": ["health"]}),
    ):
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(answers))
        run(desk, "answer", record, str(file))
    after = counts(run(desk, *quarter))
    year = counts(run(desk, "scorecard", "ehe", "--from", "2025-09-01", "--to", "2026-08-31"))

    assert (before.get("need-attendance_engagement"), before.get("need-housing")) == (1, None)
    assert (after.get("need-attendance_engagement"), after.get("need-housing")) == (None, 1)
    assert {number: count for number, count in year.items() if number.startswith("7")} == {"7": 1, "7g": 1}


@pytest.mark.parametrize(("role", "first"), [("cme_officer", "cme"), ("missing_manager", "missing")])
def test_the_scorecards_of_the_officers_own_work_stand_first(desk: Desk, role: str, first: str) -> None:
    desk.vault.settings.put(OFFICER, Officer(id=OfficerId("o1"), name="Priya", role=role, council="Ashmere Council"))
    desk.joined_anew()
    offered = [card for card, _title in cards_offered(desk)]

    assert offered[0] == first
    assert len(offered) == 5
