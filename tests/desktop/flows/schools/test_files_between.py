"""Files between schools, by school, through `homeward transfers`: asked, uploaded, found, and how long it took."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import NotThisRole
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]


def becomes(desk: Desk, role: str) -> Desk:
    known = Officer(id=OfficerId("nadia"), name="Bryony Cutler", role=role, council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    return desk


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


def step(file: str, done: str, school: str, on: str) -> JSON:
    return {"file": file, "step": done, "school": school, "on": on, "by": "Bryony Cutler"}


@pytest.fixture
def officer(desk: Desk, tmp_path: Path) -> Desk:
    """Three children: one file came after twelve days, one has not come, and one pupil was lost and found."""
    becomes(desk, "cme_officer")
    mill, wath = "Millgate Primary", "Wath Academy"
    made: list[list[JSON]] = [
        [step("ctf", "asked", mill, "2026-03-02"), step("ctf", "uploaded", mill.upper(), "2026-03-14")],
        [step("ctf", "asked", mill, "2026-03-16"), step("lost_pupil", "not_found", mill, "2026-03-17")],
        [step("lost_pupil", "uploaded", wath, "2026-02-02"), step("lost_pupil", "found", wath, "2026-02-20")],
    ]
    for number, steps in enumerate(made):
        child = editing.new_record(desk, "child", known={"given_name": f"Child {number}"})
        record = editing.new_record(desk, "cme_case", child, {"submitted_on": "2026-01-05"})
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps({"transfers": steps}))
        run(desk, "answer", record, str(file))
    return desk


def test_a_school_is_one_however_it_is_written_and_each_child_counts_once(officer: Desk) -> None:
    found, said = run(officer, "transfers")

    assert found == [
        {
            "school": "Millgate Primary", "children": 2,
            "ctf": {"asked": 2, "uploaded": 1, "found": 0, "waiting": 1}, "longest_days": 12,
            "lost_pupil": {"uploaded": 0, "found": 0, "not_found": 1},
        },
        {
            "school": "Wath Academy", "children": 1,
            "ctf": {"asked": 0, "uploaded": 0, "found": 0, "waiting": 0}, "longest_days": None,
            "lost_pupil": {"uploaded": 1, "found": 1, "not_found": 0},
        },
    ]  # fmt: skip
    assert "1 still asked for, longest 12 days" in said
    assert [one["school"] for one in run(officer, "transfers", "--since", "2026-03-01")[0]] == ["Millgate Primary"]


def test_the_counts_are_saved_for_a_spreadsheet(officer: Desk, tmp_path: Path) -> None:
    run(officer, "transfers", "--csv", str(tmp_path / "files.csv"))
    lines = (tmp_path / "files.csv").read_text(encoding="utf-8-sig").splitlines()

    assert lines[0].startswith("School,Children,Files asked for,Files uploaded,Files found,Still asked for")
    assert lines[1] == "Millgate Primary,2,2,1,0,1,12,0,0,1"


def test_who_keeps_no_referral_is_told_so(officer: Desk) -> None:
    becomes(officer, "missing_advocate")
    with pytest.raises(NotThisRole, match="work with children missing education"):
        run(officer, "transfers")
