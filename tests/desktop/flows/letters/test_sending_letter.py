"""Sent: signed and kept word for word, its day in the case, its clock quiet, and the page for its reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.errors import DocumentError, KnownError, RecordLocked, SignatureRefused
from casework.identifiers import OfficerId
from desktop.flows.case_file import case_file
from desktop.flows.caseload.case_row import CaseTable
from desktop.flows.caseload.case_table import caseload
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.education_matters import education_clocks
from desktop.flows.letters.sending_letter import send_letter
from desktop.flows.letters.writing_letter import letter_to_send
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import copies, export
from desktop.flows.signing.pdf_check import verify
from desktop.store.database.remembered import OFFICER, Officer
from desktop.store.disk.errors import WrongPassphrase
from judgement.verdict import Outcome
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.letters.made import as_role, child, referral, sent, words

ENDED: dict[str, JSON] = {"outcome": "verified_left_uk", "outcome_on": "2026-03-26", "closed_on": "2026-03-26"}
AUTHORISED: dict[str, JSON] = {
    "removal_ground": "left_uk",
    "authorised_on": "2026-03-26",
    "authorised_by": "Julie Friend",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


def answers(desk: Desk, record: str) -> dict[str, JSON]:
    return dict(editing.open_record(desk, record).answers)


def kinds(desk: Desk, about: str) -> dict[str, date]:
    file = case_file(desk, desk.vault.view(about).child_id)
    return {matter.kind: matter.due for matter in education_clocks(file)}


def home(desk: Desk, **more: JSON) -> str:
    as_role(desk, "attendance_lead")
    return editing.new_record(desk, "ehe_case", child(desk), {"stage": "current", "notified_on": "2026-03-02", **more})


def test_the_letter_is_a_signed_record_of_every_word_and_the_case_has_its_day(desk: Desk) -> None:
    about = referral(desk)
    letter = sent(desk, "receipt_to_school", about, words(how="post"))
    kept = answers(desk, letter)

    assert answers(desk, about)["receipt_sent_on"] == "2026-03-27"
    assert (kept["kind"], kept["how"], kept["sent_on"], kept["sent_by"], kept["to_name"]) == (
        "receipt_to_school", "post", "2026-03-27", "Bryony Cutler", "The head teacher",
    )  # fmt: skip
    assert kept["wording"] == "Receipt of a referral, version 1"
    assert any("Thank you for your referral of 24 March 2026." in str(part["words"]) for part in kept["parts"])
    with pytest.raises(RecordLocked):
        editing.answer(desk, letter, {"to_name": "Somebody else"})


@pytest.mark.parametrize(
    ("kind", "more", "said", "settled"),
    [
        ("receipt_to_school", {}, {}, EducationClock.RECEIPT),
        ("outcome_to_referrer", ENDED, {}, EducationClock.OUTCOME),
        ("deregistration", {**ENDED, **AUTHORISED}, {"leaves_on": "30 March 2026"}, EducationClock.REMOVAL),
    ],
)
def test_sending_it_is_what_settles_its_clock(
    desk: Desk, kind: str, more: dict[str, JSON], said: dict[str, str], settled: EducationClock
) -> None:
    about = referral(desk, **more)
    assert settled in kinds(desk, about)
    sent(desk, kind, about, words(**said))

    assert settled not in kinds(desk, about)


def test_it_settles_its_clock_beside_a_referral_that_was_sealed_as_received(desk: Desk) -> None:
    """Nothing is written into a signed record: the letter beside it says on which day it went."""
    about = referral(desk)
    signing.lock_record(desk, about, name="Bryony Cutler", ink=None)
    sent(desk, "receipt_to_school", about)

    assert "receipt_sent_on" not in answers(desk, about)
    assert EducationClock.RECEIPT not in kinds(desk, about)


def test_another_council_is_an_enquiry_whose_answer_is_waited_for(desk: Desk) -> None:
    about = referral(desk)
    sent(desk, "request_to_council", about, words("Calder Vale Council", why="An aunt lives there."))
    enquiry = answers(desk, about)["enquiries"][0]

    assert (enquiry["on"], enquiry["of"], enquiry["by"]) == ("2026-03-27", "other_la", "Bryony Cutler")
    assert kinds(desk, about)[EducationClock.COUNCIL] == date(2026, 4, 7)
    editing.answer(desk, about, {"enquiries": [{**enquiry, "result": "They live there since 4 March."}]})
    assert EducationClock.COUNCIL not in kinds(desk, about)


def test_a_place_is_counted_from_its_last_letter(desk: Desk, clock: Clock) -> None:
    said = {"school": "Weir Primary", "reach": "Ring 01632 960001."}
    about = referral(desk)
    sent(desk, "place_offered", about, words(**said))
    first = kinds(desk, about)
    clock.passes(days=15)
    sent(desk, "place_reminder", about, words(**said))

    assert first[EducationClock.PLACE_PARENT] == date(2026, 4, 10)
    assert kinds(desk, about)[EducationClock.PLACE_PARENT] == date(2026, 4, 25)


def test_a_notice_follows_an_enquiry_and_fills_in_its_days(desk: Desk, clock: Clock) -> None:
    about = home(desk)
    with pytest.raises(DocumentError, match="Informal enquiry of"):
        sent(desk, "s437_notice", about, words("Lorna Tansley", grounds="We have seen no work."))
    with pytest.raises(SignatureRefused, match="An informal enquiry \\(section 436A\\) comes before a notice"):
        sent(desk, "s437_notice", about, words("Lorna Tansley", asked_on="1 March", grounds="We have seen no work."))
    sent(desk, "s436a_enquiry", about, words("Lorna Tansley", why="We have not heard from you."))
    clock.passes(days=20)
    sent(desk, "s437_notice", about, words("Lorna Tansley", "post", grounds="We have seen no work."))
    found = answers(desk, about)

    assert (found["s436a_asked_on"], found["s437_served_on"]) == ("2026-03-27", "2026-04-16")
    assert (found["s437_served_by"], found["s437_last_day"]) == ("Bryony Cutler", "2026-04-30")


def test_a_proposal_and_an_order_are_steps_of_the_case_and_neither_comes_early(desk: Desk, clock: Clock) -> None:
    """Education Act 1996, sections 437 and 438: sending it takes the step, or is refused as the step would be."""
    notice: dict[str, JSON] = {"s437_served_on": "2026-03-02", "s437_served_by": "L", "s437_last_day": "2026-03-16"}
    more: dict[str, JSON] = {"last_contact": "2026-03-20", "no_cooling_off": "family_declined"}
    about = home(desk, ehe_start="2026-03-02", s436a_asked_on="2026-01-05", **notice, **more)
    proposal = words("Lorna Tansley", "post", notice_on="2 March 2026", school="Weir Primary")
    with pytest.raises(SignatureRefused, match="Record first that a school attendance order was considered"):
        sent(desk, "order_proposed", about, proposal)
    considered = {"step": "considered", "on": "2026-03-20", "decided_by": "L", "why": "No work was seen."}
    editing.answer(desk, about, {"enforcement": [considered]})
    assert _next_letter(desk) == "order_proposed"
    sent(desk, "order_proposed", about, proposal)
    assert kinds(desk, about)[EducationClock.MAKE] == date(2026, 4, 11)
    order = words("Lorna Tansley", "post", notice_on="2 March 2026", school="Weir Primary", why="He has no lessons.")
    with pytest.raises(SignatureRefused, match="The family has fifteen days"):
        sent(desk, "attendance_order", about, order)
    clock.passes(days=16)
    assert _next_letter(desk) == "attendance_order"
    sent(desk, "attendance_order", about, order)

    steps = [row for row in answers(desk, about)["enforcement"] if isinstance(row, dict)]
    assert [(row["step"], row["on"], row.get("school")) for row in steps] == [
        ("considered", "2026-03-20", None),
        ("proposed", "2026-03-27", "Weir Primary"),
        ("made", "2026-04-12", "Weir Primary"),
    ]
    assert steps[2]["why"] == "He has no lessons."
    letters = desk.vault.summaries(form_id="letter")
    assert [one.answers["answer_by"] for one in letters if "answer_by" in one.answers] == ["2026-04-10"]


def _next_letter(desk: Desk) -> str:
    (row,) = caseload(desk).tables[CaseTable.HOME]
    return row.letter.kind if row.letter else ""


def test_a_removal_that_nobody_authorised_sends_no_letter(desk: Desk) -> None:
    about = referral(desk, **ENDED, removal_ground="left_uk")
    said = {"authorised_on": "today", "authorised_by": "me", "leaves_on": "30 March 2026"}

    with pytest.raises(SignatureRefused, match="The letter follows the authorisation"):
        sent(desk, "deregistration", about, words(**said))
    assert desk.vault.summaries(form_id="letter") == []


def test_a_second_receipt_leaves_the_first_day_as_it_was(desk: Desk, clock: Clock) -> None:
    about = referral(desk)
    sent(desk, "receipt_to_school", about)
    clock.passes(days=3)
    sent(desk, "receipt_to_school", about)

    assert answers(desk, about)["receipt_sent_on"] == "2026-03-27"


def test_a_report_goes_with_its_letter_and_is_owed_no_more(desk: Desk) -> None:
    as_role(desk, "ehe_officer")
    heard: dict[str, JSON] = {"mode": "parent_report_only", "report_received": "2026-03-16"}
    report = editing.new_record(desk, "ehe_visit", child(desk), heard)
    signing.lock_record(desk, report, name="Bryony Cutler", ink=None)
    assert EducationClock.REPORT in kinds(desk, report)
    sent(desk, "report_cover", report, words("Lorna Tansley", "post"))

    assert EducationClock.REPORT not in kinds(desk, report)


def test_nothing_is_kept_of_a_letter_that_was_not_signed(desk: Desk) -> None:
    found = letter_to_send(desk, "receipt_to_school", referral(desk), words())

    with pytest.raises(WrongPassphrase):
        send_letter(desk, found, passphrase="not this one")
    assert desk.vault.summaries(form_id="letter") == []


def test_its_page_is_what_went_and_anybody_can_check_it(desk: Desk, tmp_path: Path) -> None:
    about = referral(desk)
    letter = sent(desk, "request_to_council", about, words("Calder Vale Council", why="An aunt lives there."))
    made = export(desk, letter, "letter", tmp_path / "letter.pdf")
    verdict, page = verify(made.path, desk), text_of(made.path)

    assert [choice.name for choice in copies(desk, letter)][:2] == ["letter", "full"]
    assert verdict.outcome is Outcome.GOOD, verdict.sentence
    assert "Ashmere Council" in page
    assert "Calder Vale Council" in page
    assert "An aunt lives there." in page
    assert "Request to another council, version 1" in page
    for kept_back in ("A worry in January", "01632 960155", "Millgate Infants"):
        assert kept_back not in page


def test_a_colleagues_letter_is_printed_again_as_theirs(desk: Desk, tmp_path: Path) -> None:
    letter = sent(desk, "receipt_to_school", referral(desk))
    officer = Officer(id=OfficerId("o2"), name="Ines Marlow", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()

    with pytest.raises(KnownError):
        letter_to_send(desk, "receipt_to_school", letter, words())
    page = text_of(export(desk, letter, "letter", tmp_path / "again.pdf").path)
    assert "Bryony Cutler" in page
    assert "Copy made by Ines Marlow" in page
