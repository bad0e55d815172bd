"""From what arrived to the case that answers it, back to what arrived, and to the decision about the roll."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.notices.test_page import words_of
from tests.desktop.ui.visits.test_page import FACTS, becomes

ARRIVED: dict[str, JSON] = {
    "referrer": "housing",
    "pupil_name": "Reuben Tansley",
    "new_address": "4 Weir Lane, Wath",
    "last_attended": "2026-03-02",
    "submitted_on": "2026-03-24",
}


@pytest.fixture
def officer(driven: Driven) -> Driven:
    becomes(driven, "Bryony Cutler", "cme_officer", "o1")
    return driven


def arrived(driven: Driven, **said: JSON) -> str:
    desk = driven.shell.desk
    return editing.new_record(desk, "cme_referral", editing.new_record(desk, "child", known=FACTS), said or ARRIVED)


def test_the_case_is_opened_from_the_referral_and_both_are_a_press_apart(officer: Driven) -> None:
    referral = arrived(officer)
    officer.go("form", referral)
    officer.click("record/open-case")
    case = officer.window.where.about
    said = editing.open_record(officer.shell.desk, case)

    assert (said.definition.id, said.answers["referral"], said.answers["logged_on"]) == (
        "cme_case",
        referral,
        "2026-03-27",
    )
    officer.click("record/referral")
    assert officer.window.where.about == referral
    officer.click("record/open-case")
    assert officer.window.where.about == case
    officer.click("record/roll")
    decision = officer.window.where.about
    assert editing.open_record(officer.shell.desk, decision).answers["about"] == case
    officer.go("form", case)
    officer.click("record/roll")
    assert officer.window.where.about == decision


def test_a_referral_that_is_not_finished_says_what_is_missing_and_stays(officer: Driven) -> None:
    referral = arrived(officer, referrer="police")
    officer.go("form", referral)
    officer.click("record/open-case")

    assert officer.window.where.about == referral
    assert "Finish the referral first" in words_of(officer.window)


def test_the_caseload_opens_what_arrived_and_then_its_case(officer: Driven) -> None:
    referral = arrived(officer)
    officer.go("caseload")
    assert "Just arrived" in words_of(officer.window)
    officer.go("form", referral)
    officer.click("record/open-case")
    officer.go("caseload")

    assert "Just arrived" not in words_of(officer.window)
    assert "Logged" in words_of(officer.window)


def test_who_reads_education_and_opens_no_case_is_not_offered_it(officer: Driven) -> None:
    referral = arrived(officer)
    becomes(officer, "Helen Marchbanks", "ehe_officer", "o1")
    officer.go("form", referral)
    assert officer.find("record/open-case").isVisible()  # every form of education is theirs to write
    becomes(officer, "Amira Khan", "missing_advocate", "o1")
    officer.go("form", referral)
    names = {widget.objectName() for widget in officer.window.findChildren(type(officer.find("place/today")))}
    assert "record/open-case" not in names
