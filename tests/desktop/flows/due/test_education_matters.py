"""Education's clocks: each kind that gave nothing before, what settles it, and the families nobody has talked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.case_file import CaseFile, case_file
from desktop.flows.desk import Desk
from desktop.flows.due.due_list import due_list, month_end, table_of, told
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.education_matters import education_clocks, education_matters
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.clock import Clock

Answers = Mapping[str, JSON]
LOGGED: Answers = {"last_attended": "2026-02-27", "logged_on": "2026-03-24", "receipt_sent_on": "2026-03-24"}
FOUND: Answers = {"outcome": "found_new_school_rotherham", "outcome_on": "2026-02-20", "told_referrer_on": "2026-02-21"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    officer = Officer(id=OfficerId("nadia"), name="Nadia Brightwater", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    return desk


def child(desk: Desk, name: str = "Wren", born: str = "2011-02-11") -> str:
    return editing.new_record(desk, "child", known={"given_name": name, "date_of_birth": born})


def kinds(desk: Desk, who: str) -> dict[str, date]:
    return {matter.kind: matter.due for matter in education_matters(case_file(desk, who))}


SILENT: list[tuple[EducationClock, str, Answers, str]] = [
    (
        EducationClock.COUNCIL,
        "cme_case",
        {**LOGGED, "enquiries": [{"on": "2026-03-18", "of": "other_la"}]},
        "2026-03-25",
    ),
    (EducationClock.CONTACT, "ehe_case", {"stage": "current", "last_contact": "2024-12-09"}, "2025-12-09"),
    (EducationClock.NEVER_CONTACTED, "ehe_case", {"stage": "current", "ehe_start": "2025-11-08"}, "2025-11-08"),
    (EducationClock.REPORT, "ehe_visit", {"report_received": "2026-03-16"}, "2026-03-25"),
    (
        EducationClock.REVISIT,
        "ehe_visit",
        {"visit_at": "2026-02-02T10:00:00+00:00", "suitability": "suitable_with_advice", "report_sent": "2026-02-04"},
        "2026-03-16",
    ),
    (EducationClock.COOLING_OFF, "ehe_case", {"stage": "cooling_off", "cooling_off_from": "2026-03-12"}, "2026-03-19"),
    (EducationClock.PENDING, "ehe_case", {"stage": "pending", "notified_on": "2026-02-02"}, "2026-03-02"),
    (EducationClock.ENQUIRY, "ehe_case", {"notified_on": "2026-02-02"}, "2026-03-02"),
    (
        EducationClock.UNSEEN,
        "ehe_case",
        {"stage": "current", "last_contact": "2026-03-02", "child_last_seen": "2025-01-10"},
        "2026-01-10",
    ),
    (EducationClock.S436A, "ehe_case", {"stage": "current", "s436a_asked_on": "2026-03-02"}, "2026-03-17"),
    (EducationClock.S437, "ehe_case", {"stage": "current", "s437_served_on": "2026-03-06"}, "2026-03-21"),
    (
        EducationClock.PROPOSE,
        "ehe_case",
        {
            "stage": "current",
            "s437_served_on": "2026-02-02",
            "enforcement": [{"step": "considered", "on": "2026-03-06"}],
        },
        "2026-03-20",
    ),
    (
        EducationClock.ENFORCEMENT,
        "ehe_case",
        {
            "stage": "current",
            "s437_served_on": "2026-02-02",
            "enforcement": [{"step": "made", "on": "2026-03-02"}, {"step": "proceedings", "on": "2026-03-06"}],
        },
        "2026-03-20",
    ),
    (
        EducationClock.MAKE,
        "ehe_case",
        {
            "stage": "current",
            "s437_served_on": "2026-02-02",
            "enforcement": [{"step": "considered", "on": "2026-02-20"}, {"step": "proposed", "on": "2026-03-06"}],
        },
        "2026-03-21",
    ),
    (
        EducationClock.REAPPLY,
        "ehe_case",
        {
            "stage": "current",
            "ehe_start": "2024-10-01",
            "college": [{"college": "North Notts College", "asked_to_leave_on": "2025-04-02"}],
        },
        "2026-04-02",
    ),
    (
        EducationClock.FLEXI,
        "ehe_case",
        {
            "stage": "not_ehe",
            "flexi": [{"school": "Weir Primary", "from": "2026-01-12", "review_on": "2026-04-03"}],
        },
        "2026-04-03",
    ),
    (EducationClock.COLLEGE, "ehe_case", {"stage": "current", "ehe_start": "2025-10-01"}, "2026-04-01"),
    (EducationClock.SCHOOL_FILE, "cme_case", {**FOUND, "removed_on": "2026-03-02"}, "2026-03-23"),
    (EducationClock.PLACE_PARENT, "cme_case", FOUND, "2026-03-06"),
    (EducationClock.PLACE_SCHOOL, "cme_case", FOUND, "2026-03-20"),
    (EducationClock.ARRIVED, "cme_referral", {"referrer": "police", "submitted_on": "2026-03-24"}, "2026-03-26"),
    (
        EducationClock.RECEIPT,
        "cme_case",
        {"last_attended": "2026-03-26", "submitted_on": "2026-03-24"},
        "2026-03-26",
    ),
    (EducationClock.OUTCOME, "cme_case", {"outcome": "found_ehe", "outcome_on": "2026-03-20"}, "2026-03-24"),
    (EducationClock.ABSENCE, "cme_case", {"last_attended": "2026-03-11"}, "2026-03-25"),
    (EducationClock.REGISTER, "cme_case", {**LOGGED, "absence_unauthorised": True}, "2026-03-27"),
    (EducationClock.REGISTER, "cme_case", {**LOGGED, "absence_unauthorised": False}, "2026-03-27"),
    (EducationClock.REGISTER, "cme_case", LOGGED, "2026-03-27"),
    (EducationClock.LAST_DAY, "cme_case", {"school": "Millgate Primary"}, "2026-03-27"),
    (EducationClock.REMOVAL, "cme_case", {**LOGGED, "authorised_on": "2026-03-24"}, "2026-03-26"),
    (
        EducationClock.TEAM_FIRST,
        "cme_case",
        {"referral_ground": "did_not_start", "submitted_on": "2026-03-24", "team_asked_on": "2026-03-24"},
        "2026-03-26",
    ),
    (
        EducationClock.START_DAY,
        "cme_case",
        {**LOGGED, "admission_met_on": "2026-03-18", "start_on": "2026-03-27"},
        "2026-03-27",
    ),
    (
        EducationClock.TRACKED,
        "cme_case",
        {
            **LOGGED,
            "outcome": "enquiries_exhausted",
            "outcome_on": "2026-02-20",
            "removed_on": "2026-02-20",
            "tracked": [{"on": "2026-02-26", "how": "Rang the grandmother."}],
        },
        "2026-03-26",
    ),
    (EducationClock.SAFE_WELL, "safe_well_visit", {"requested_at": "2026-03-16T10:00:00+00:00"}, "2026-03-23"),
    (EducationClock.SAFE_WELL, "cme_case", {**LOGGED, "safe_well_requested": True}, "2026-03-31"),
    (
        EducationClock.QUIET,
        "cme_case",
        {
            "last_attended": "2026-01-05",
            "logged_on": "2026-02-20",
            "receipt_sent_on": "2026-02-20",
            "enquiries": [{"on": "2026-03-10", "of": "family"}],
        },
        "2026-03-24",
    ),
]


@pytest.mark.parametrize(
    ("kind", "form", "answers", "due"), SILENT, ids=[f"{one[0]}-{n}" for n, one in enumerate(SILENT)]
)
def test_one_of_each_kind_is_due_by_its_own_day(
    desk: Desk, kind: EducationClock, form: str, answers: Answers, due: str
) -> None:
    """Nine functions of the practice were called by tests alone, and these records gave nothing."""
    who = child(desk)
    record = editing.new_record(desk, form, who, answers, strand="education")
    found = {matter.kind: matter for matter in education_matters(case_file(desk, who))}

    assert kind in found, f"only {sorted(found)}"
    assert found[kind].due == date.fromisoformat(due)
    assert found[kind].record_id == record
    assert found[kind].rule
    assert found[kind].source


def test_every_kind_of_clock_is_planted_here() -> None:
    """A clock that is added is added to this list."""
    assert {kind for kind, *_ in SILENT} == set(EducationClock)


@pytest.mark.parametrize(
    ("form", "answers", "quiet"),
    [
        ("ehe_case", {"stage": "current", "ehe_start": "2025-11-08", "last_contact": "2026-01-08"}, "never_contacted"),
        ("ehe_case", {"stage": "not_ehe", "notified_on": "2025-01-01"}, "enquiry_old"),
        (
            "ehe_case",
            {"stage": "current", "s436a_asked_on": "2026-03-02", "s436a_reply": "Yes."},
            "s436a_unanswered",
        ),
        (
            "ehe_case",
            {
                "stage": "current",
                "s437_served_on": "2026-03-02",
                "enforcement": [{"step": "considered", "on": "2026-03-20"}],
            },
            "s437_run_out",
        ),
        (
            "ehe_case",
            {
                "stage": "current",
                "s437_served_on": "2026-02-02",
                "enforcement": [{"step": "considered", "on": "2026-02-20"}, {"step": "stopped", "on": "2026-02-24"}],
            },
            "order_to_propose",
        ),
        (
            "ehe_case",
            {
                "stage": "current",
                "college": [{"asked_to_leave_on": "2025-03-28", "applied_again_on": "2026-03-26"}],
            },
            "college_again",
        ),
        ("ehe_case", {"flexi": [{"review_on": "2026-03-03", "ended_on": "2026-03-02"}]}, "flexi_review"),
        ("cme_case", {**FOUND, "removed_on": "2026-03-02", "file_sent_on": "2026-03-09"}, "school_file"),
        ("cme_case", {**LOGGED, "authorised_on": "2026-03-24", "letter_sent_on": "2026-03-25"}, "removal_letter"),
        ("cme_case", {**LOGGED, "logged_on": "2026-03-27", "absence_unauthorised": True}, "register"),
        ("cme_case", {"referral_ground": "left_no_destination", "submitted_on": "2026-03-24"}, "team_first"),
        ("cme_case", {**LOGGED, "start_on": "2026-03-27", "on_roll_on": "2026-03-27"}, "start_day"),
        ("cme_case", {**FOUND, "start_on": "2026-03-27"}, "place_school"),
        ("cme_case", {**LOGGED, "removed_on": "2026-02-20", "tracking_end": "other_la"}, "tracked_after_roll"),
        ("cme_case", {**FOUND, "removed_on": "2026-02-20"}, "tracked_after_roll"),
    ],
)
def test_what_is_done_is_quiet(desk: Desk, form: str, answers: Answers, quiet: str) -> None:
    who = child(desk)
    editing.new_record(desk, form, who, answers)

    assert quiet not in kinds(desk, who)


def test_a_visit_is_a_contact_and_carries_what_was_agreed(desk: Desk) -> None:
    """Nobody types the last contact a second time into the case."""
    who = child(desk)
    editing.new_record(desk, "ehe_case", who, {"stage": "current", "ehe_start": "2025-11-08"})
    visit: Answers = {
        "visit_at": "2026-03-02T10:00:00+00:00",
        "report_sent": "2026-03-05",
        "next_contact": "2026-04-05",
        "child_seen": True,
    }
    editing.new_record(desk, "ehe_visit", who, visit)

    assert kinds(desk, who) == {"ehe_contact": date(2026, 4, 5)}


def test_a_day_agreed_and_gone_by_does_not_hide_the_yearly_contact(desk: Desk) -> None:
    who = child(desk)
    answers: Answers = {"stage": "current", "next_contact": "2025-02-01", "last_contact": "2025-03-01"}
    editing.new_record(desk, "ehe_case", who, answers)

    assert kinds(desk, who)["ehe_contact"] == date(2026, 3, 1)


def test_a_case_that_has_an_answer_is_not_silent_for_ever(desk: Desk) -> None:
    """Whatever is said or not said about the absence, an open referral always has a day of its own."""
    for away in (True, False, None):
        for elsewhere in (True, False, None):
            for logged in ("2026-01-20", None):
                who = child(desk)
                answers = {"last_attended": "2025-11-20", "logged_on": logged}
                answers |= {"absence_unauthorised": away, "evidence_elsewhere": elsewhere}
                editing.new_record(desk, "cme_case", who, {k: v for k, v in answers.items() if v is not None})

                assert kinds(desk, who), (away, elsewhere, logged)


def read_as(file: CaseFile, reading: str) -> list[str]:
    council = replace(file.council, readings={**file.council.readings, "evidence_elsewhere": reading})
    return [matter.title for matter in education_matters(msgspec.structs.replace(file, council=council))]


def test_evidence_of_being_elsewhere_lets_the_register_come_sooner(desk: Desk) -> None:
    """It silenced the case for ever; which reading the council follows stands in its file."""
    who = child(desk)
    answers: Answers = {"last_attended": "2026-03-18", "evidence_elsewhere": True, "submitted_on": "2026-03-26"}
    editing.new_record(desk, "cme_case", who, {**answers, "receipt_sent_on": "2026-03-26"})
    file = case_file(desk, who)

    assert read_as(file, "registers_earlier") == [
        "7 school days absent: evidence of being elsewhere, so the register need not wait"
    ]
    assert read_as(file, "keeps_off") == []


@pytest.mark.parametrize("said", ["1900-01-01", "2199-12-31"])
def test_a_slip_of_the_pen_in_a_year_stops_nobody_elses_day(desk: Desk, said: str) -> None:
    """However far off, every clock of the child can be counted, and nobody else’s day is held up by it."""
    who = child(desk)
    editing.new_record(desk, "cme_case", who, {"last_attended": said, "outcome_on": said, "outcome": "found_ehe"})
    editing.new_record(desk, "cme_case", who, {"last_attended": said, "submitted_on": said})
    editing.new_record(desk, "ehe_case", who, {"stage": "current", "last_contact": said, "s437_served_on": said})

    assert list(education_clocks(case_file(desk, who)))


def test_of_two_hundred_families_the_twenty_never_contacted_are_found(desk: Desk) -> None:
    """They gave nothing: no contact was due of a family that never had one."""
    for number in range(200):
        who = child(desk, f"Child {number:03}", "2016-02-11")
        known: dict[str, JSON] = {"stage": "current", "ehe_start": f"2025-{number % 12 + 1:02}-14"}
        if number % 10:
            known["last_contact"] = f"2025-{number % 9 + 4:02}-20"
        editing.new_record(desk, "ehe_case", who, known)
    found = due_list(desk, until=date(2026, 12, 31), strand="education")
    never = [item for item in found.overdue if item.kind == EducationClock.NEVER_CONTACTED]
    contacts = [item for item in (*found.overdue, *found.coming) if item.kind == EducationClock.CONTACT]

    assert [item.child for item in never] == [
        item.child for item in sorted(never, key=lambda item: (item.due, item.child))
    ]
    assert {item.child for item in never} == {f"Child {number:03}, 10" for number in range(0, 200, 10)}
    assert len(contacts) == 180


def test_overdue_stands_apart_and_what_comes_is_by_month_and_officer(desk: Desk, clock: Clock) -> None:
    """With its year where that is not this one."""
    for name, last in (("Sage", "2024-12-09"), ("Bram", "2025-04-02"), ("Ivo", "2025-05-03"), ("Dorrie", "2026-01-05")):
        editing.new_record(
            desk,
            "ehe_case",
            child(desk, name),
            {"stage": "current", "last_contact": last, "child_last_seen": "2026-03-01"},
        )
    found = due_list(desk, until=date(2027, 1, 31), strand="education")
    months = {month: [item.child for item in items if item.kind == "ehe_contact"] for month, items in found.by_month()}
    text = told(found)

    assert [item.child for item in found.overdue] == ["Sage, 15"]
    assert {month: names for month, names in months.items() if names} == {
        "April": ["Bram, 15"],
        "May": ["Ivo, 15"],
        "January 2027": ["Dorrie, 15"],
    }
    assert text.startswith("Overdue, 1, oldest first\n  9 December 2025, 15 weeks over  Sage, 15: ")
    assert "Nadia Brightwater" in text
    assert [row[0] for row in table_of(found).rows] == sorted(str(row[0]) for row in table_of(found).rows)
    assert month_end(clock.at.date()) == date(2026, 3, 31)


def test_the_schools_returns_are_due_on_a_day_of_school(desk: Desk) -> None:
    found = due_list(desk, until=date(2026, 12, 31), strand="education")
    returns = {item.due: item.line for item in found.coming if item.kind == "movement_return"}

    assert date(2026, 10, 23) in returns
    assert date(2026, 12, 18) in returns
    assert len(returns) == 9


def test_one_strand_is_not_the_other(desk: Desk) -> None:
    who = child(desk)
    editing.new_record(desk, "ehe_case", who, {"stage": "current", "last_contact": "2024-12-09"})

    assert due_list(desk, strand="missing").overdue == ()
    assert due_list(desk, strand="education").overdue


@pytest.mark.parametrize(("referrer", "whom"), [("school", "the school"), ("housing", "whoever referred")])
def test_whoever_referred_is_named_as_what_they_are(desk: Desk, referrer: str, whom: str) -> None:
    """S2 §8, §15: a housing officer is no school."""
    who = child(desk)
    came: Answers = {**LOGGED, "referrer": referrer, "receipt_sent_on": None}
    editing.new_record(desk, "cme_case", who, came)
    editing.new_record(desk, "cme_case", who, {**LOGGED, **FOUND, "referrer": referrer, "told_referrer_on": None})
    titles = {matter.title for matter in education_clocks(case_file(desk, who))}

    assert {f"Missing education: receipt to {whom}", f"Missing education: tell {whom} the outcome"} <= titles
