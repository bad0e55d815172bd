"""Checking, signing, and what a signed record lets a person do."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit, QWidget

from casework.canonical import JSON
from casework.forms.definition import Question, QuestionType
from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.sign.beside_answers import FIRST_GAPS
from tests.desktop.flows.colleague import Colleague, arrives
from tests.desktop.ui.conftest import PASSPHRASE, Driven


def test_what_is_missing_stops_a_signature_and_is_listed(driven: Driven) -> None:
    driven.go("sign", driven.planted.interview_id)
    driven.type("sign/passphrase", PASSPHRASE)
    driven.click("sign-and-lock")

    assert driven.shows("summary")
    assert not editing.open_record(driven.shell.desk, driven.planted.interview_id).locked


def test_what_cannot_be_printed_is_said_beside_what_else_is_worth_a_look(driven: Driven) -> None:
    interview = driven.planted.interview_id
    editing.answer(driven.shell.desk, interview, {"before": "She drew 𓀀."})
    driven.go("sign", interview)
    said = [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]

    assert any("“𓀀” (U+13000). A PDF shows a box with the code instead" in text for text in said)


@pytest.mark.parametrize("size", [(1366, 728), (1280, 680)])
def test_who_sees_it_the_meeting_and_the_act_are_in_view_whatever_scrolls(
    driven: Driven, size: tuple[int, int]
) -> None:
    desk, interview = driven.shell.desk, driven.planted.interview_id
    known: dict[str, JSON] = {"started_at": "2026-03-26T15:18:00+00:00", "ended_at": "2026-03-26T15:56:00+00:00"}
    seen: list[JSON] = [{"recipient": "police", "decision": "no"}, {"recipient": "parent", "decision": "no"}]
    editing.answer(desk, interview, {**known, "place": "placement", "consents": seen})
    driven.window.resize(*size)
    driven.go("sign", interview)
    driven.settle()

    for name in (
        "sign-and-lock",
        "sign/passphrase",
        "f/child_ink",
        "sign/ink",
        "sign/met/started_at",
        "change/consent",
    ):
        widget = driven.find(name)
        assert widget.visibleRegion().boundingRect() == widget.rect(), f"{name} is cut off"
    shown = driven.find("sign/met/started_at")
    assert isinstance(shown, QLabel)
    assert shown.text() == "26 March 2026"


def test_each_answer_that_is_not_there_is_a_way_to_its_question(driven: Driven, signable: str) -> None:
    driven.go("sign", signable)
    gaps = [question.id for question in signing.check(driven.shell.desk, signable).gaps]
    assert len(gaps) > FIRST_GAPS
    assert not driven.shows(f"sign/gap/{gaps[-1]}")
    driven.click("sign/more-gaps")
    focused = driven.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"sign/gap/{gaps[FIRST_GAPS]}"
    assert all(driven.shows(f"sign/gap/{gap}") for gap in gaps)

    driven.click(f"answer/{gaps[0]}")
    assert driven.window.where.part.endswith(f"/{gaps[0]}")


def test_answers_have_the_width_of_the_page_beside_those_that_are_not_there(driven: Driven) -> None:
    """A way to a missing answer is as narrow as its words; what was said beside it is not."""
    long = "I had a row with staff about my phone, and it goes in the office at ten. I only wanted to ring Jude."
    editing.answer(driven.shell.desk, driven.planted.interview_id, {"before": long})
    driven.window.resize(1366, 728)
    driven.go("sign", driven.planted.interview_id)
    answers = [one for one in driven.window.findChildren(QLabel) if one.objectName().startswith("answer/")]
    widths = {one.objectName(): one.width() for one in answers if one.isVisible()}

    assert widths
    assert min(widths.values()) > 300, widths


def test_change_goes_to_the_section(driven: Driven) -> None:
    driven.go("sign", driven.planted.interview_id)
    driven.click("change/why")
    title = driven.find("section/title")
    assert isinstance(title, QLabel)

    assert title.text() == "5 Why"


def test_ink_is_drawn_cleared_and_typed_instead(driven: Driven) -> None:
    """By mouse here; pen and finger go the same way."""
    driven.go("sign", driven.planted.interview_id)
    pad = driven.find("f/child_ink")
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(60, 40))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(80, 30))
    driven.autosaved()
    kept = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers["child_ink"]
    assert isinstance(kept, dict)
    assert kept["strokes"] == [[[20, 20], [60, 40], [80, 30]]]
    driven.click("f/child_ink/clear")
    driven.autosaved()
    assert "child_ink" not in editing.open_record(driven.shell.desk, driven.planted.interview_id).answers
    driven.click("f/child_ink/none/not_said")
    driven.autosaved()

    kept = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers["child_ink"]
    assert kept == {"none": "not_said"}


@pytest.fixture
def signable(driven: Driven) -> str:
    """The shortest interview there is: one that was not right to offer, with whatever else its form asks for."""
    desk, interview = driven.shell.desk, driven.planted.interview_id
    definition = desk.catalogue.form("return_home_interview")
    editing.answer(desk, interview, {"offer_decision": "not_applicable"})
    for _ in range(30):
        found = editing.open_record(desk, interview).findings
        stops = [f.question_id for f in found if f.blocks_signing and f.question_id != "worker_ink"]
        if not stops:
            break
        editing.answer(desk, interview, {stops[0]: some_answer(definition.question(stops[0]))})
    return interview


def some_answer(question: Question) -> JSON:
    """An answer that the question takes."""
    codes: list[JSON] = [option.code for option in question.options if not option.retired]
    if question.type is QuestionType.YES_NO:
        return True
    if question.type is QuestionType.CHOICE:
        return codes[0]
    return codes[:1] if question.type is QuestionType.CHOICES else "Said."


def test_a_wrong_passphrase_signs_nothing(driven: Driven, signable: str) -> None:
    driven.go("sign", signable)
    driven.type("sign/passphrase", "wrong words here now")
    driven.click("sign-and-lock")
    driven.settle()

    assert driven.shows("sign/problem")
    assert not editing.open_record(driven.shell.desk, signable).locked


def test_signing_locks_and_the_page_offers_only_a_correction(driven: Driven, signable: str) -> None:
    """Check 20: a signed record has no boxes to write in."""
    driven.go("sign", signable)
    driven.type("sign/passphrase", PASSPHRASE)
    driven.click("sign-and-lock")
    driven.settle()
    assert editing.open_record(driven.shell.desk, signable).locked
    assert driven.window.messages.history[-1].title.startswith("Signed and locked at ")
    driven.go("form", signable)
    driven.settle()

    boxes = [w for kind in (QLineEdit, QTextEdit) for w in driven.window.findChildren(kind) if w.isVisible()]
    assert boxes == []
    assert not [w for w in driven.window.findChildren(QLabel) if w.objectName().startswith("change/")]
    assert driven.shows("correct")


def test_a_page_that_finds_the_record_signed_meanwhile_signs_nothing_more(driven: Driven, signable: str) -> None:
    """Its card is gone with what was typed in it; Ctrl+Enter then saves the page of what was signed."""
    desk = driven.shell.desk
    driven.go("sign", signable)
    arrives(desk, Colleague().signs(desk.vault.view(signable)))
    driven.type("sign/passphrase", PASSPHRASE)
    driven.click("sign-and-lock")
    assert not driven.shows("sign-and-lock")
    driven.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(desk.vault.view(signable).signatures) == 1
    assert driven.window.windowTitle().startswith("Save a PDF")


@pytest.mark.parametrize("role", ["iro", "senior_manager"])
def test_who_only_reads_is_shown_no_box_and_nothing_to_press_that_would_be_refused(driven: Driven, role: str) -> None:
    reader = Officer(id=OfficerId("o2"), name="Ada Ruiz", role=role, council="Ashmere Council")
    driven.shell.desk.vault.settings.put(OFFICER, reader)
    driven.window.lock()
    driven.settle()
    driven.unlock()
    driven.go("form", driven.planted.episode_id)
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(f"{folder}/reads-{role}.png")
    said = [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]
    boxes = [box for kind in (QLineEdit, QTextEdit) for box in driven.window.findChildren(kind) if box.isVisible()]
    named = {found.objectName() for found in driven.window.findChildren(QWidget) if found.isVisible()}

    assert "You can read this record. Others write in it." in said
    assert [box.objectName() for box in boxes if box.objectName() != "find"] == []
    assert not [name for name in named if name.startswith(("change/", "sign-and-lock", "correct"))]
    assert "sign/history" in named
