"""The history of an answer, from the key in its box to an earlier text put back; of a signed record, to read only."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.ui.kit.fields.narrative import WordsBox
from tests.desktop.flows.colleague import PATH, Colleague, arrives, share
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_access import cut_in

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


def pictured(driven: Driven, name: str) -> None:
    driven.settle()
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))


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


def test_who_and_when_stand_once_over_a_minutes_answers(driven: Driven) -> None:
    """Beneath them each answer with its question; an hour later is another head."""
    desk, interview = driven.shell.desk, driven.planted.interview_id
    for at, said in (
        ("10:00", {"during": "I walked.", "main_reason": "To see Nan."}),
        ("11:00", {"during": "By bus."}),
    ):
        then = back_then(desk, datetime.fromisoformat(f"2027-03-27T{at}:00+00:00"))
        editing.answer(then, interview, said)
    driven.go("history", interview)
    pictured(driven, "history")
    heads = [one for one in driven.window.findChildren(QLabel) if one.objectName().endswith("/who") and one.isVisible()]

    assert [one.objectName() for one in heads[:3]] == ["history/0/who", "history/1/who", "history/3/who"]
    assert len({one.text() for one in heads}) == len(heads), "no head is said twice"
    assert {text(driven, f"history/{n}/text") for n in (1, 2)} == {"I walked.", "To see Nan."}
    assert driven.shows("history/2/back") or driven.shows("history/1/back"), "what was said before can be put back"


def test_seen_by_names_whoever_wrote_or_signed_later_and_nobody_who_only_read(driven: Driven) -> None:
    """With the sentence that says what that rests on; where nothing proves it, nothing is said."""
    shared = share(driven.shell.desk, driven.planted.child_id)
    driven.go("history", shared.record_id)
    assert not driven.shows("history/0/seen")
    assert not driven.shows("history/proved")
    shared.mine("missing_when", "By 20:00.")
    arrives(driven.shell.desk, Colleague().says(shared.view, PATH, "Ring her nan."))
    driven.go("today")
    driven.go("history", shared.record_id)
    pictured(driven, "history-seen")
    driven.look("dark", 200)
    pictured(driven, "history-seen-200")
    said = "\n".join(one.text() for one in driven.window.findChildren(QLabel) if one.isVisible())

    assert "Seen since by Another officer (o2) (wrote, 26 March 2026, 16:48)." in said
    assert "Written without having seen Another officer (o2)’s answer of 26 March 2026, 16:48." in said
    assert "Of those who only read them nothing is kept." in text(driven, "history/proved")
    assert list(cut_in(driven.window)) == []


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
