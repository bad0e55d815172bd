"""Which schools owe a return, and what a referral from a leaver is begun with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.canonical import JSON
from casework.errors import KnownError
from casework.identifiers import OfficerId
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.schools import leavers_followed as flow
from desktop.flows.schools.return_sheet import lines_of
from desktop.flows.schools.taking_in import take_in
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]
SHEET = (
    b"Movement,Pupil,Date of birth,Date,School,Address\nleft,Ada Brook,2015-02-01,2026-01-20,Calder Primary,3 Hill St\n"
)
SCHOOLS = ("Millgate Primary", "Wath Academy")


@pytest.fixture
def officer(desk: Desk) -> Desk:
    known = Officer(id=OfficerId("nadia"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    return desk


def test_a_school_that_has_not_returned_is_named_from_the_first_month_anybody_did(officer: Desk) -> None:
    council = replace(officer.catalogue.council, schools=SCHOOLS)
    before = flow.owed_among([], council, date(2026, 3, 26))
    take_in(officer, lines_of(SHEET), "MILLGATE primary", date(2026, 1, 1), keep=True)
    held = officer.vault.summaries(form_id="movement_return")
    owed = flow.owed_among(held, council, date(2026, 3, 26))

    assert before == ()
    assert [(one.school, one.month.month) for one in owed] == [
        ("Wath Academy", 1), ("Millgate Primary", 2), ("Wath Academy", 2),
    ]  # fmt: skip


def test_a_child_who_may_be_here_already_is_asked_about_and_then_named(officer: Desk) -> None:
    take_in(officer, lines_of(SHEET), "Millgate Primary", date(2026, 1, 1), keep=True)
    (leaver,) = flow.movement(officer).leavers
    child = editing.new_record(officer, "child", known={"given_name": "Ada", "family_name": "Brook"})
    with pytest.raises(KnownError, match="may be a child who is here already: Ada Brook"):
        flow.refer(officer, leaver.row_id)

    referral = flow.refer(officer, leaver.row_id, child)

    assert officer.vault.view(referral).child_id == child
    assert flow.movement(officer).leavers[0].referral_id == referral


def test_a_twin_is_asked_about_and_never_taken_for_the_other(officer: Desk) -> None:
    """They share a day of birth and a family name."""
    take_in(officer, lines_of(SHEET), "Millgate Primary", date(2026, 1, 1), keep=True)
    (leaver,) = flow.movement(officer).leavers
    twin: dict[str, JSON] = {"given_name": "Ben", "family_name": "Brook", "date_of_birth": "2015-02-01"}
    editing.new_record(officer, "child", known=twin)
    with pytest.raises(KnownError, match="may be a child who is here already: Ben Brook"):
        flow.refer(officer, leaver.row_id)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"Name,Day\nAda,2026-01-20\n"])
def test_what_is_no_return_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(KnownError, match=r"cannot be read as text|should name these columns"):
        lines_of(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_return_is_read_as_spreadsheets_save_it(encoding: str, separator: str) -> None:
    text = SHEET.decode().replace("Ada Brook", "Zoë Brook").replace(",", separator)
    (line,) = lines_of(text.encode(encoding))

    assert line.pupil is not None
    assert (line.pupil.name, line.why) == ("Zoë Brook", "")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("2015-02-01", "31/13/2015", "The date of birth is no day"),
        ("3 Hill St", "3 Hill St " * 40, "longer than 300 letters"),
    ],
)
def test_nothing_of_a_line_is_cut_or_left_out_without_a_word(officer: Desk, before: str, after: str, why: str) -> None:
    lines = lines_of(SHEET.decode().replace(before, after).encode())
    (judged,) = take_in(officer, lines, "Millgate Primary", date(2026, 1, 1), keep=False).lines

    assert judged.state == "refused"
    assert why in judged.why
