"""The history of an answer, from the key in its box to an earlier text put back; of a signed record, to read only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.ui.kit.fields.narrative import WordsBox
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(driven: Driven) -> Driven:
    """Twice answered, and at that question again."""
    desk, interview = driven.shell.desk, driven.planted.interview_id
    for words in ("I walked.", "I got the bus."):
        editing.answer(desk, interview, {"during": words})
    driven.go("form", interview, "your_words/during")
    return driven


def text(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def words(driven: Driven) -> str:
    box = driven.find("f/during")
    assert isinstance(box, WordsBox)
    return box.words()


def test_the_key_shows_who_said_what_and_puts_a_text_back(form: Driven) -> None:
    """What was typed last is the first of it; one is back in the answer, which holds the old text again."""
    form.type("f/during", "Then ")
    form.key(Qt.Key.Key_H, CONTROL)
    assert text(form, "history/0/text") == "Then I got the bus."
    assert text(form, "history/0/who").startswith("Nadia Brightwater, ")
    assert [text(form, f"history/{n}/text") for n in (1, 2)] == ["I got the bus.", "I walked."]
    assert not form.shows("history/0/back"), "it stands there already"

    form.click("history/2/back")
    assert form.window.where.place == "form"
    assert words(form) == "I walked."
    form.key(Qt.Key.Key_H, CONTROL)
    assert text(form, "history/0/text") == "I walked."


def test_the_button_is_about_the_answer_with_the_caret(form: Driven) -> None:
    form.find("f/during").setFocus()
    form.click("form/history")

    assert form.window.where.part == "f/during"
    form.click("history/record")
    assert words(form) == "I got the bus."


def test_of_a_signed_record_all_of_it_is_read_and_nothing_put_back(driven: Driven) -> None:
    desk = driven.shell.desk
    record = editing.new_record(desk, "need_to_know", driven.planted.child_id, {"summary": "She has a black phone."})
    editing.answer(desk, record, {"summary": "She has a blue phone."})
    lock_record(desk, record, name="Nadia Brightwater", ink=None)
    driven.go("sign", record)
    driven.click("sign/history")

    said = {found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()}
    assert {"She has a black phone.", "She has a blue phone."} <= said
    assert not any(driven.shows(f"history/{number}/back") for number in range(9))
    driven.click("history/record")
    assert driven.window.where.place == "sign"


def test_another_record_is_told_by_its_name_and_never_by_an_id(driven: Driven) -> None:
    driven.go("history", driven.planted.interview_id)
    said = [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]

    assert any(line.startswith("Missing episode") and line != "Missing episode" for line in said)
    assert driven.planted.episode_id not in "\n".join(said)
