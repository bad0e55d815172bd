"""The caseload as a table: what each row says, in which order, and the register as it stood at a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.caseload.case_row import CaseRow, CaseTable, Wanted, chosen, table_of, told
from desktop.flows.caseload.case_table import caseload
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.letters.made import as_role


@pytest.fixture
def desk(desk: Desk) -> Desk:
    officer = Officer(id=OfficerId("nadia"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    return desk


def referral(desk: Desk, name: str, **answers: JSON) -> str:
    child = editing.new_record(desk, "child", known={"given_name": name, "date_of_birth": "2016-05-04"})
    return editing.new_record(desk, "cme_case", child, {"school": "Millgate Primary", **answers})


def rows(desk: Desk, on: date | None = None) -> dict[str, CaseRow]:
    found = caseload(desk, on=on).tables[CaseTable.MISSING_EDUCATION]
    return {row.child.name: row for row in found}


def test_a_row_says_where_a_case_stands_and_what_is_next(desk: Desk) -> None:
    referral(
        desk,
        "Reuben",
        last_attended="2026-02-27",
        absence_unauthorised=True,
        logged_on="2026-03-16",
        locality="central_clifton",
        previous_cme=True,
        ehcp=True,
    )
    row = rows(desk)["Reuben"]

    assert (row.stage, row.school_days, row.on_register) == ("On register", 20, True)
    assert (row.next_act, row.next_due) == ("Receipt to the school", date(2026, 3, 18))
    assert (row.locality, row.officer) == ("Central: Clifton", "Bryony Cutler")
    assert row.flags == ("Back again", "EHCP")


def test_the_register_at_a_day_holds_who_was_on_it_then(desk: Desk) -> None:
    """One whose case has ended since was on it; one who was entered since was not."""
    known: dict[str, JSON] = {"absence_unauthorised": True, "outcome": "found_ehe", "outcome_on": "2026-03-20"}
    referral(desk, "Amira", last_attended="2025-12-01", submitted_on="2025-12-17", logged_on="2026-01-15", **known)
    late: dict[str, JSON] = {"absence_unauthorised": True, "submitted_on": "2026-03-17", "logged_on": "2026-03-20"}
    referral(desk, "Teo", last_attended="2026-02-10", **late)
    then = rows(desk, on=date(2026, 2, 12))

    assert {name: row.on_register for name, row in then.items()} == {"Amira": True}
    assert then["Amira"].school_days == 43
    assert set(rows(desk)) == {"Teo"}


def test_days_that_cannot_be_counted_come_first_and_are_said(desk: Desk) -> None:
    """The case with no last day may be the longest of all."""
    for name, last in (("Ned", "2026-03-18"), ("Kasia", None), ("Reuben", "2026-02-27")):
        referral(desk, name, **({"last_attended": last} if last else {}))
    found = chosen(rows(desk).values(), Wanted(order="days"))

    assert [row.child.name for row in found] == ["Kasia", "Reuben", "Ned"]
    assert [row[3] for row in table_of(found).rows] == ["Not known", "20 days", "7 days"]
    assert told(CaseTable.MISSING_EDUCATION, found, date(2026, 3, 27)).startswith(
        "Missing education, 3 cases\n  Kasia, 9"
    )


def test_a_family_that_was_never_talked_with_says_so(desk: Desk) -> None:
    child = editing.new_record(desk, "child", known={"given_name": "Elowen", "known_to_missing": True})
    editing.new_record(
        desk, "ehe_case", child, {"stage": "current", "ehe_start": "2025-11-08", "last_school": "Weirside"}
    )
    (row,) = caseload(desk).tables[CaseTable.HOME]

    assert (row.stage, row.school, row.contact_line, row.last_contact) == ("Current", "Weirside", "Never", None)
    assert (row.next_act, row.next_due) == ("No contact yet", date(2025, 11, 8))
    assert row.flags == ("Known to the missing team",)


def test_a_case_in_enforcement_stands_at_its_step_and_the_line_takes_one_step_at_a_time(
    desk: Desk, tmp_path: Path
) -> None:
    """S1 EHE 3.3, from the notice to the court, by `homeward answer`, `due` and `caseload`."""
    as_role(desk, "attendance_lead")
    child = editing.new_record(desk, "child", known={"given_name": "Ivo", "date_of_birth": "2014-05-04"})
    known: dict[str, JSON] = {
        "stage": "current",
        "notified_on": "2025-09-01",
        "ehe_start": "2025-09-08",
        "no_cooling_off": "family_declined",
        "last_contact": "2026-01-05",
        "s436a_asked_on": "2026-01-05",
        "s437_served_on": "2026-02-02",
        "s437_served_by": "Lorna Tansley",
        "s437_last_day": "2026-02-16",
    }
    case = editing.new_record(desk, "ehe_case", child, known)
    assert _stands(desk) == ("Notice (section 437) served", "Notice (section 437): run out", "2026-02-17")

    def said(*steps: tuple[str, str]) -> None:
        more = {"decided_by": "Lorna Tansley", "why": "No education was seen.", "school": "Weir Primary"}
        file = tmp_path / "answers.json"
        file.write_text(json.dumps({"enforcement": [{"step": step, "on": on, **more} for step, on in steps]}))
        run(desk, "answer", case, str(file))

    with pytest.raises(LifeRefused, match="Record first that an order was proposed to the family"):
        said(("considered", "2026-02-18"), ("made", "2026-03-10"))
    said(("considered", "2026-02-18"), ("proposed", "2026-02-19"))
    proposed = ("Attendance order proposed", "Attendance order proposed: make it, or stop", "2026-03-06")
    assert _stands(desk) == proposed
    with pytest.raises(LifeRefused, match="fifteen days, from the day of the proposal"):
        said(("made", "2026-03-05"))
    assert _stands(desk) == proposed
    said(("made", "2026-03-06"), ("proceedings", "2026-03-20"))
    assert _stands(desk) == ("Court proceedings", "Court proceedings: what has the court decided?", "2026-04-03")
    due = run(desk, "due", "--until", "2026-04-30")
    assert ("enforcement_step", "2026-04-03") in {
        (one["kind"], one["due"]) for one in (*due["overdue"], *due["coming"])
    }


def test_a_child_who_did_not_come_is_looked_for_placed_or_tracked(desk: Desk, tmp_path: Path) -> None:
    """S2 §5, §6, §8 by `homeward answer`: the team first, the roll on the start day, tracked after the roll."""
    known: dict[str, JSON] = {
        "referrer": "admissions",
        "referral_ground": "did_not_start",
        "last_attended": "2026-03-20",
        "submitted_on": "2026-03-20",
        "receipt_sent_on": "2026-03-20",
        "locality": "central_clifton",
    }
    record = referral(desk, "Amira", **known)
    row = rows(desk)["Amira"]
    assert (row.stage, row.next_act, row.next_due) == ("To be logged", "Ask Early Help’s team first", date(2026, 3, 20))
    due = run(desk, "due", "--until", "2026-03-31")
    assert [one["line"] for one in due["overdue"] if one["kind"] == "team_first"] == [
        "Early Help’s team asked was due Fri 20 March. Early Help Central"
    ]

    def said(**answers: JSON) -> str:
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(answers))
        run(desk, "answer", record, str(file))
        return rows(desk)["Amira"].stage

    with pytest.raises(LifeRefused, match=r"looks first\. Record when it was asked"):
        said(logged_on="2026-03-25")
    assert said(team_asked_on="2026-03-20") == "With Early Help’s team"
    said(team_answered_on="2026-03-24", team_found="not_found")
    said(logged_on="2026-03-24", enquiries=[{"on": "2026-03-25", "of": "family"}])
    with pytest.raises(LifeRefused, match="A start day is agreed at the admission meeting"):
        said(start_on="2026-04-13")
    with pytest.raises(LifeRefused, match="The name is still on the roll"):
        said(tracked=[{"on": "2026-03-26", "how": "Rang an aunt.", "by": "Bryony Cutler"}])
    removed: dict[str, JSON] = {
        "removal_ground": "enquiries_completed",
        "authorised_on": "2026-03-26",
        "authorised_by": "Julie Friend",
        "letter_sent_on": "2026-03-26",
        "removed_on": "2026-03-26",
        "file_sent_on": "2026-03-26",
        "exhausted_by": "Julie Friend",
        "told_referrer_on": "2026-03-26",
    }
    gone = said(outcome="enquiries_exhausted", outcome_on="2026-03-26", **removed)
    assert (gone, rows(desk)["Amira"].next_due) == ("Tracked after the roll", date(2026, 4, 23))
    said(tracked=[{"on": "2026-03-27", "how": "Rang an aunt.", "by": "Bryony Cutler"}])
    assert rows(desk)["Amira"].next_act == "Track the child after the name has left"

    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"tracking_end": "other_la", "tracking_ended_on": "2026-03-27"}))
    run(desk, "answer", record, str(file))
    assert rows(desk) == {}


def _stands(desk: Desk) -> tuple[str, str, str]:
    (row,) = run(desk, "caseload", "--strand", "home_education")
    return row["stage"], row["next_act"], row["next_due"]


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)[0]


def test_an_officer_sees_the_tables_of_their_role_only(desk: Desk) -> None:
    assert list(caseload(desk).tables) == [CaseTable.MISSING_EDUCATION, CaseTable.HOME]
