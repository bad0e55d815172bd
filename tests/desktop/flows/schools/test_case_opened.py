"""A case is opened from what arrived, once; what comes while it is open belongs to it, and then a new one begins."""

from __future__ import annotations

from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import KnownError, NotThisRole
from casework.identifiers import OfficerId, RecordId, child_named
from casework.practice.lives.states import rows
from casework.records import Change, field_path
from desktop.cli import parse_arguments
from desktop.demo.invented_education import plant_cases
from desktop.flows.case_file import case_file
from desktop.flows.caseload.case_row import CaseTable
from desktop.flows.caseload.case_table import caseload
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.education_matters import education_day
from desktop.flows.due.new_record import begin, forms_to_begin
from desktop.flows.letters.writing_letter import letters_about
from desktop.flows.record import editing
from desktop.flows.schools.case_opened import open_the_case
from desktop.flows.signing.roll_decided import decision_about
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]

HOUSING: dict[str, JSON] = {
    "referrer": "housing",
    "pupil_name": "Esme Tansley",
    "new_address": "4 Weir Lane, Wath",
    "last_attended": "2026-03-02",
    "locality": "north_wath_swinton",
    "parents": [{"name": "Lorna Tansley", "phone": "01632 960155"}],
    "submitted_on": "2026-03-24",
}
FOUND: dict[str, JSON] = {
    "previous_cme": False,
    "enquiries": [{"on": "2026-03-27", "of": "housing"}],
    "outcome": "found_ehe",
    "outcome_on": "2026-03-27",
    "told_referrer_on": "2026-03-27",
    "closed_on": "2026-03-27",
}


def becomes(desk: Desk, role: str) -> Desk:
    known = Officer(id=OfficerId("nadia"), name="Bryony Cutler", role=role, council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    return desk


@pytest.fixture
def officer(desk: Desk) -> Desk:
    return becomes(desk, "cme_officer")


def child(desk: Desk, born: str = "2017-05-03") -> str:
    known: dict[str, JSON] = {"given_name": "Esme", "family_name": "Tansley", "date_of_birth": born}
    return editing.new_record(desk, "child", known=known)


def arrived(desk: Desk, who: str, **more: JSON) -> str:
    return editing.new_record(desk, "cme_referral", who, {**HOUSING, **more})


def of_before(desk: Desk, who: str, answers: dict[str, JSON]) -> str:
    """As version 5 of the referral held it."""
    author, changes = desk.author, tuple(Change(field_path(name), value) for name, value in answers.items())
    where: dict[str, Any] = {
        "record_id": RecordId(editing.new_id()),
        "child_id": child_named(who),
        "strand": "education",
    }
    desk.vault.author(
        lambda stamp: author.create(stamp, **where, form_id="cme_referral", form_version=5, changes=changes)
    )
    return str(where["record_id"])


def clocks(desk: Desk, who: str) -> dict[str, str]:
    return {str(one.kind): one.record_id for one in education_day(case_file(desk, who)).missing}


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)[0]


def test_it_is_filled_in_from_what_arrived_and_logged_today(officer: Desk) -> None:
    referral = arrived(officer, child(officer))
    case = run(officer, "open-case", referral)["record"]
    said = editing.open_record(officer, case).answers
    (row,) = rows(said, "parents")

    assert {name: said[name] for name in HOUSING if name != "parents"} == {
        k: v for k, v in HOUSING.items() if k != "parents"
    }
    assert (row["name"], said["referral"], said["logged_on"]) == ("Lorna Tansley", referral, "2026-03-27")
    assert run(officer, "open-case", referral)["record"] == case


def test_what_has_not_come_yet_and_what_is_no_referral_open_nothing(officer: Desk) -> None:
    who = child(officer)
    begun = begin(officer, "cme_referral", who)

    assert begin(officer, "cme_referral", who) == begun
    with pytest.raises(KnownError, match="Finish the referral first"):
        open_the_case(officer, begun)
    with pytest.raises(KnownError, match="opened from a missing education referral"):
        open_the_case(officer, who)
    with pytest.raises(KnownError, match="homeward open-case"):
        begin(officer, "cme_case", who)
    assert "cme_case" not in forms_to_begin(officer)


def test_who_may_not_work_the_case_does_not_open_it(officer: Desk) -> None:
    referral = arrived(officer, child(officer))
    becomes(officer, "missing_advocate")

    with pytest.raises(NotThisRole, match="opens no case of missing education"):
        open_the_case(officer, referral)


def test_the_day_waits_where_the_team_looks_first_or_the_age_wants_a_reason(officer: Desk) -> None:
    """S2 §5; domain B. Both are said in the case, and nothing is logged over them."""
    expected = open_the_case(officer, arrived(officer, child(officer), referral_ground="did_not_start"))
    too_old = open_the_case(officer, arrived(officer, child(officer, born="2008-01-01")))

    assert "logged_on" not in editing.open_record(officer, expected).answers
    assert "logged_on" not in editing.open_record(officer, too_old).answers


def test_one_open_case_a_child_and_what_comes_meanwhile_is_added_to_it(officer: Desk) -> None:
    who = child(officer)
    case = open_the_case(officer, arrived(officer, who))
    second = arrived(officer, who, referrer="police", submitted_on="2026-03-26")

    assert clocks(officer, who)[EducationClock.ARRIVED] == second
    assert open_the_case(officer, second) == case
    assert EducationClock.ARRIVED not in clocks(officer, who)
    (row,) = rows(editing.open_record(officer, case).answers, "also_referred")
    assert (row["also_referral"], row["on"]) == (second, "2026-03-26")


@pytest.mark.parametrize("shape", ["new", "old"])
def test_it_opens_again_by_a_new_referral_and_names_the_case_before(officer: Desk, shape: str) -> None:
    who = child(officer)
    if shape == "new":
        first = open_the_case(officer, arrived(officer, who))
        editing.answer(officer, first, FOUND)
    else:
        first = of_before(
            officer, who, {"submitted_on": "2026-01-05", "outcome": "found_ehe", "outcome_on": "2026-02-02"}
        )
    again = open_the_case(officer, arrived(officer, who, submitted_on="2026-03-27"))
    said = editing.open_record(officer, again).answers

    assert again != first
    assert (said["previous_cme"], said["previous_case"]) == (True, first)


def test_a_case_of_before_goes_on_and_has_what_comes_while_it_is_open(officer: Desk) -> None:
    who = child(officer)
    old = of_before(
        officer, who, {"submitted_on": "2026-03-20", "logged_on": "2026-03-21", "last_attended": "2026-03-02"}
    )
    referral = arrived(officer, who)

    assert open_the_case(officer, referral) == old
    assert EducationClock.ARRIVED not in clocks(officer, who)
    assert [row.record_id for row in caseload(officer).tables[CaseTable.MISSING_EDUCATION]] == [old]
    assert letters_about(officer, old)


def test_what_arrived_waits_in_the_caseload_and_among_what_is_due_until_its_case_is_opened(officer: Desk) -> None:
    who = child(officer)
    referral = arrived(officer, who)
    (row,) = caseload(officer).tables[CaseTable.MISSING_EDUCATION]

    assert (row.record_id, row.stage, row.next_act) == (
        referral,
        "Just arrived",
        "Tell the council",
    )
    assert clocks(officer, who)[EducationClock.ARRIVED] == referral
    assert (letters_about(officer, referral), row.takes_letters) == ((), False)

    case = open_the_case(officer, referral)
    (row,) = caseload(officer).tables[CaseTable.MISSING_EDUCATION]
    assert (row.record_id, row.stage, row.takes_letters) == (case, "Logged", True)
    assert set(clocks(officer, who).values()) == {case}


def test_the_roll_decision_is_of_the_case(officer: Desk) -> None:
    who = child(officer)
    case = open_the_case(officer, arrived(officer, who, school="Millgate Primary"))

    assert decision_about(officer, case, who) == ""
    decision = begin(officer, "roll_decision", who)
    assert editing.open_record(officer, decision).answers == {"about": case, "school": "Millgate Primary"}
    assert decision_about(officer, case, who) == decision


def test_the_invented_cases_stand_in_both_shapes(officer: Desk) -> None:
    """As the walk shows them: two open, one of before, and a word that waits; the closed one is in no table."""
    plant_cases(officer)
    found = caseload(officer).tables[CaseTable.MISSING_EDUCATION]

    assert {(row.child.first_name, row.stage) for row in found} == {
        ("Nell", "Logged"), ("Otis", "Enquiries"), ("Quill", "Logged"), ("Rosa", "Just arrived"),
    }  # fmt: skip
