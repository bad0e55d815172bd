"""Letters by the command line, with the council's own certificate and service: looked over, sent, kept, received."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.caseload import Council
from tests.desktop.documents.conformance import text_of
from tests.journeys.conftest import Laptop

TODAY = date.today().isoformat()  # noqa: DTZ011 - as the laptop's own clock says
CHECK = {"on": "2026-03-20", "who": "Ms Oduya"}
REFERRAL: dict[str, Any] = {
    "school": "Millgate Primary",
    "pupil_name": "Reuben Tansley",
    "pupil_dob": "2017-05-03",
    "old_address": "22 Cobden Rise, Millgate",
    "last_attended": "2026-03-02",
    "submitted_on": "2026-03-24",
    "wellbeing_checked": [{**CHECK, "comments": "A worry in January."}],
    "numbers_rung": [CHECK],
    "peers_asked": [CHECK],
    "sibling_schools": [CHECK],
    "home_visited": True,
}


@pytest.fixture(scope="module")
def bryony(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    council.ask("officer", "add", "--id", "bryony", "--name", "Bryony Cutler", "--role", "cme_officer")
    return Laptop(tmp_path_factory.mktemp("bryony") / "home").joined(council, "bryony", "Bryony Cutler")


@pytest.fixture(scope="module")
def referral(bryony: Laptop) -> str:
    child = bryony.new("child", {"given_name": "Reuben", "family_name": "Tansley"})
    case: str = bryony.ok("open-case", bryony.new("cme_referral", REFERRAL, child))["record"]
    return case


def test_a_letter_is_looked_over_then_sent_with_its_page_and_the_council_has_it(
    bryony: Laptop, referral: str, tmp_path: Path
) -> None:
    page = tmp_path / "receipt.pdf"
    seen = bryony.ok("letter", "receipt_to_school", referral, "--preview")
    sent = bryony.ok("letter", "receipt_to_school", referral, "--how", "post", "--pdf", page)
    listed = bryony.ok("letters", "--about", referral)

    assert seen["missing"] == ["Say how it goes: secure email, post or by hand."]
    assert "Thank you for your referral of 24 March 2026." in seen["text"]
    assert [(one["record"], one["how"], one["sent_on"]) for one in listed] == [(sent["letter"], "Post", TODAY)]
    assert bryony.ok("show", referral)["answers"]["receipt_sent_on"] == TODAY
    assert "A worry in January" not in text_of(page)
    assert bryony.ok("verify", page)["outcome"] == "good"
    bryony.ok("sync")
    assert bryony.ok("quarantine") == []


def test_what_only_a_person_knows_is_said_by_place_and_the_list_is_a_table(
    bryony: Laptop, referral: str, tmp_path: Path
) -> None:
    said = ("--to", "Calder Vale Council", "--how", "secure_email", "--say", "why=An aunt lives there.")
    again = bryony.run("letter", "request_to_council", referral, "--to", "Calder Vale Council", "--say", "why")
    bryony.ok("letter", "request_to_council", referral, *said, "--answer-by", "2026-12-24")
    table = tmp_path / "letters.csv"
    bryony.ok("letters", "--csv", table)
    due = bryony.ok("due", "--strand", "education", "--until", "2026-12-31")

    assert "Write it as PLACE=WORDS" in again.err
    assert "Calder Vale Council,Secure email" in table.read_text(encoding="utf-8-sig")
    assert bryony.ok("show", referral)["answers"]["enquiries"][0]["of"] == "other_la"
    assert "council_not_answered" in str(due)


def test_a_page_that_is_there_already_stops_the_letter_before_it_goes(
    bryony: Laptop, referral: str, tmp_path: Path
) -> None:
    there = tmp_path / "there.pdf"
    there.write_text("mine")
    done = bryony.run("letter", "outcome_to_referrer", referral, "--how", "post", "--pdf", there)

    assert (done.code, there.read_text()) == (1, "mine")
    assert "outcome_to_referrer" not in str(bryony.ok("records", "--form", "letter"))


def test_a_letter_is_no_record_to_begin_by_hand(bryony: Laptop, referral: str) -> None:
    done = bryony.run("new", "letter", "--child", bryony.ok("show", referral)["child"])

    assert (done.code, "homeward letter KIND RECORD" in done.err) == (1, True)


def test_the_register_at_a_day_is_a_view_and_a_page(bryony: Laptop, referral: str, tmp_path: Path) -> None:
    page = tmp_path / "cases.pdf"
    bryony.answer(referral, {"logged_on": "2026-03-25", "absence_unauthorised": True})
    then = bryony.ok("caseload", "--register", "2026-04-20")
    before = bryony.ok("caseload", "--register", "2026-03-20")
    now = bryony.ok("caseload")[0]["next_due"][:7]
    due = [bryony.ok("caseload", "--due-in", month) for month in (now, "2031-01")]
    refused = bryony.run("caseload", "--due-in", "soon")
    bryony.ok("caseload", "--strand", "missing_education", "--words", "millgate", "--keep-view", "Millgate")
    kept = bryony.ok("caseload", "--view", "Millgate", "--pdf", page)
    wrong = bryony.run("caseload", "--view", "Mill")

    assert [row["record"] for row in then] == [referral]
    assert before == []
    assert [[row["record"] for row in rows] for rows in due] == [[referral], []]
    assert (refused.code, refused.err) == (1, "Write the month of the caseload as 2026-03.\n")
    assert kept["rows"] == 1
    assert "Millgate Primary" in text_of(page)
    assert (wrong.code, wrong.err) == (1, "No view is kept as “Mill”. Kept are: Millgate.\n")


def test_what_a_life_forbids_is_refused_by_word(bryony: Laptop, referral: str, tmp_path: Path) -> None:
    child = bryony.ok("show", referral)["child"]
    file = tmp_path / "answers.json"
    file.write_text('{"authorised_on": "2026-03-26"}')
    forbidden = bryony.run("answer", referral, file)
    second = bryony.run("new", "cme_case", "--child", child)
    arrived = bryony.new("cme_referral", {**REFERRAL, "submitted_on": "2026-03-26"}, child)

    assert (forbidden.code, forbidden.err) == (
        1,
        "Say on what ground the name may be removed. Write who authorised it.\n",
    )
    assert (second.code, "homeward open-case REFERRAL" in second.err) == (1, True)
    assert bryony.ok("open-case", arrived)["record"] == referral  # what comes meanwhile belongs to the open case
    assert bryony.ok("show", referral)["answers"]["also_referred"][0]["also_referral"] == arrived
