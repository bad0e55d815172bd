"""A visit asked for on the window: from the referral's page, and by the team from its notice to the visit."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.visits.making_visit import visits_asked
from desktop.flows.visits.request_standing import AskedStanding
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.kit.basics.buttons import Button
from tests.desktop.ui.conftest import PASSPHRASE, Driven
from tests.desktop.ui.notices.test_page import words_of

FACTS = {"given_name": "Reuben", "family_name": "Tansley", "date_of_birth": "2017-05-03", "language": "English"}
REFERRAL = {"school": "Millgate Primary", "new_address": "4 Weir Lane, Wath", "locality": "north_wath_swinton"}


def becomes(driven: Driven, name: str, role: str, officer_id: str) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(id=OfficerId(officer_id), name=name, role=role, council="Ashmere Council"))
    desk.joined_anew()
    driven.go("today")


@pytest.fixture
def asked(driven: Driven) -> Driven:
    return asks(driven)


def asks(driven: Driven, **more: JSON) -> Driven:
    """By a CME officer, from the page of the referral, with what only a person can say."""
    becomes(driven, "Bryony Cutler", "cme_officer", "o1")
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", known=FACTS)
    driven.go("form", editing.new_record(desk, "cme_case", child, {**REFERRAL, **more}))
    driven.click("record/ask-visit")
    request = driven.window.where.about
    editing.answer(desk, request, {"why": "Not seen since 2 March.", "risks": "A large dog."})
    driven.go("sign", request)
    driven.type("sign/passphrase", PASSPHRASE)
    driven.click("sign-and-lock")
    return driven


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"referral_ground": "did_not_start"}, "2026-03-27"),
        ({"referral_ground": "did_not_start", "team_asked_on": "2026-03-20"}, "2026-03-20"),
        ({"referral_ground": "did_not_start", "logged_on": "2026-03-26"}, None),
        ({"referral_ground": "absent_unexplained"}, None),
    ],
)
def test_the_day_on_which_the_team_was_asked_stands_in_the_referral(
    driven: Driven, said: dict[str, JSON], day: str | None
) -> None:
    asks(driven, **said)
    (one,) = visits_asked(driven.shell.desk)

    assert driven.shell.desk.vault.view(one.about_id).answers().get("team_asked_on") == day


def test_the_asker_sees_how_it_stands_on_today_and_in_the_list(asked: Driven) -> None:
    asked.go("today")
    line = words_of(asked.find("today"))
    asked.click("today/asked/all")
    page = words_of(asked.find("visits"))

    for shown in (line, page):
        assert "Reuben Tansley, 8" in shown
        assert "Nobody has accepted it yet" in shown
        assert "Bryony Cutler asked Early Help North" in shown
    (one,) = visits_asked(asked.shell.desk)
    asked.click(f"visits/asked/{one.request_id}")
    assert (asked.window.where.place, asked.window.where.about) == ("sign", one.request_id)


def test_what_is_no_longer_needed_leaves_today_and_stands_below(asked: Driven) -> None:
    desk = asked.shell.desk
    (one,) = visits_asked(desk)
    asked.go("visits")
    asked.click(f"visits/over/{one.request_id}")

    page = words_of(asked.find("visits"))
    assert visits_asked(desk)[0].standing is AskedStanding.WITHDRAWN
    assert "No longer asked for: Bryony Cutler said so" in page
    assert "No longer needed" not in page
    asked.go("today")
    assert "visits asked for" not in words_of(asked.find("today"))


def test_the_team_reads_what_it_needs_accepts_and_begins_the_visit(asked: Driven) -> None:
    becomes(asked, "Ravi Coleman", "early_help", "o9")
    desk = asked.shell.desk
    (one,) = visits_asked(desk)
    asked.go("notice", one.notice_id)
    said, act = words_of(asked.find("notice/page")), asked.find("notice/acknowledge", Button)
    assert "Risks for the visitor: A large dog." in said
    assert "Address: 4 Weir Lane, Wath" in said
    assert isinstance(act, Button)
    assert act.text() == "Accept the visit"
    asked.click("notice/acknowledge")
    assert visits_asked(desk)[0].standing is AskedStanding.ACCEPTED

    asked.go("visits")
    asked.click(f"visits/asked/{one.request_id}")
    asked.click("sign/next/visit")

    visit = visits_asked(desk)[0].visit_id
    assert (asked.window.where.place, asked.window.where.about) == ("form", visit)
    assert editing.open_record(desk, visit).answers["address"] == "4 Weir Lane, Wath"
    assert inbox.inbox(desk)[0].acknowledged_at is not None
