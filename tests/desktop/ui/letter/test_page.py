"""A letter on the window: from the case that needs it, looked over, refused with what is missing, signed as sent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.letter.letter_preview import LetterPreview
from tests.desktop.ui.conftest import PASSPHRASE, Driven

REFERRAL: dict[str, JSON] = {
    "school": "Millgate Primary",
    "pupil_name": "Reuben Tansley",
    "last_attended": "2026-03-19",
    "submitted_on": "2026-03-24",
    "team_says": "A worry in January.",
}


@pytest.fixture
def officer(driven: Driven) -> Driven:
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    return driven


def referral(driven: Driven) -> str:
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", known={"given_name": "Reuben", "family_name": "Tansley"})
    return editing.new_record(desk, "cme_case", child, REFERRAL)


def words_of(driven: Driven) -> str:
    page = driven.find("letter/preview", LetterPreview)
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())


def test_the_receipt_that_is_due_is_two_presses_and_a_passphrase(officer: Driven) -> None:
    about = referral(officer)
    officer.go("caseload")
    officer.click("caseload/letter")
    page = words_of(officer)
    officer.click("letter/how/post")
    officer.type("letter/passphrase", PASSPHRASE)
    officer.click("letter/send")
    desk = officer.shell.desk
    letters = desk.vault.summaries(form_id="letter")

    assert "Dear head teacher," in page
    assert "Thank you for your referral of 24 March 2026." in page
    assert "A worry in January" not in page
    assert [(one.locked, one.answers["how"], one.answers["sent_on"]) for one in letters] == [
        (True, "post", "2026-03-27")
    ]
    assert desk.vault.view(about).answers()["receipt_sent_on"] == "2026-03-27"
    assert officer.shows("documents/copy")


def test_what_is_missing_is_said_and_nothing_goes(officer: Driven) -> None:
    officer.go("letter", referral(officer), "request_to_council")
    officer.type("letter/passphrase", PASSPHRASE)
    officer.click("letter/send")
    problem = officer.find("letter/problem", QLabel)

    assert isinstance(problem, QLabel)
    assert "Enter this: Why you ask this council." in problem.text()
    assert officer.shell.desk.vault.summaries(form_id="letter") == []


def test_a_wrong_passphrase_keeps_every_word(officer: Driven) -> None:
    officer.go("letter", referral(officer), "receipt_to_school")
    officer.click("letter/how/by_hand")
    officer.type("letter/place.words", "Ring me on Monday.")
    officer.type("letter/passphrase", "not this one")
    officer.click("letter/send")

    assert officer.shows("letter/problem")
    assert officer.shell.desk.vault.summaries(form_id="letter") == []
    officer.autosaved()
    assert "Ring me on Monday." in words_of(officer)


def test_words_of_a_letter_that_has_not_gone_are_there_again(officer: Driven) -> None:
    """The lid closes in the middle of it: no record has begun, and no word is lost."""
    about = referral(officer)
    officer.go("letter", about, "request_to_council")
    officer.type("letter/to_name", "Calder Vale Council")
    officer.type("letter/place.why", "An aunt lives there.")
    officer.autosaved()
    officer.go("today")
    officer.go("letter", about, "request_to_council")

    assert "Calder Vale Council" in words_of(officer)
    assert "An aunt lives there." in words_of(officer)
    assert officer.shell.desk.vault.summaries(form_id="letter") == []


def test_a_fact_of_the_case_is_changed_in_the_letter_alone(officer: Driven) -> None:
    about = referral(officer)
    officer.go("letter", about, "receipt_to_school")
    officer.click("letter/change/last_day")
    box = officer.find("letter/place.last_day")
    box.setFocus()
    officer.type("letter/place.last_day", " (morning)")
    officer.autosaved()

    assert "19 March 2026 (morning)" in words_of(officer)
    assert officer.shell.desk.vault.view(about).answers()["last_attended"] == "2026-03-19"


def test_the_case_leads_to_every_letter_about_it_and_to_those_that_went(officer: Driven) -> None:
    about = referral(officer)
    officer.go("form", about)
    officer.click("record/letters")

    assert officer.shows("letters/receipt_to_school")
    assert not officer.shows("letters/s437_notice")
    officer.click("letters/receipt_to_school")
    officer.click("letter/how/post")
    officer.type("letter/passphrase", PASSPHRASE)
    officer.click("letter/send")
    letter = officer.shell.desk.vault.summaries(form_id="letter")[0].record_id
    officer.go("letter", about)
    officer.click(f"letters/sent/{letter}")
    assert officer.shows("documents/copy")


def test_today_leads_straight_to_the_letter_that_settles_it(officer: Driven) -> None:
    about = referral(officer)
    officer.go("today")
    officer.click(f"today/letter/receipt/{about}/2026-03-26")

    assert officer.shows("letter/send")


def test_a_signed_report_leads_on_from_its_own_page(officer: Driven) -> None:
    desk = officer.shell.desk
    known = Officer(id=OfficerId("o1"), name="Bryony Cutler", role="ehe_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    who = editing.new_record(desk, "child", known={"given_name": "Otto"})
    case = editing.new_record(desk, "ehe_case", who, {"stage": "current", "ehe_start": "2025-09-01"})
    report = editing.new_record(desk, "ehe_visit", who, {"next": ["refer_for_s437", "early_help"]})
    signing.lock_record(desk, report, name="Bryony Cutler", ink=None)
    officer.go("sign", report)
    officer.click("sign/next/refer_for_s437")

    assert officer.shows("letter/send")
    officer.go("sign", report)
    officer.click("sign/next/early_help")
    assert [one.answers["from_record"] for one in desk.vault.summaries(form_id="action")] == [report]
    assert case


def test_what_its_life_forbids_is_said_at_save_and_continue(officer: Driven) -> None:
    """Every letter typed is kept; the page does not go on, and says what is missing."""
    desk = officer.shell.desk
    who = editing.new_record(desk, "child", known={"given_name": "Otto", "date_of_birth": "2014-02-11"})
    case = editing.new_record(
        desk, "ehe_case", who, {"stage": "current", "notified_on": "2026-03-02", "ehe_start": "2026-03-03"}
    )
    officer.go("form", case, "beginning")
    officer.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = "\n".join(found.text() for found in officer.window.findChildren(QLabel) if found.isVisible())

    assert "The five days of cooling-off have not run." in said
