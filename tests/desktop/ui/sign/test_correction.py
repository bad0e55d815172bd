"""A correction beside a signed record: no word of it is lost before it is signed, and it is signed once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTextEdit

from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.ui.kit.basics.drop_down import DropDown
from tests.desktop.ui.conftest import PASSPHRASE, Driven

WORDS = "It was the blue phone, not the black one."


@pytest.fixture
def signed(driven: Driven) -> Driven:
    """A note of a need to know, signed, on its page, with a correction begun."""
    desk, child = driven.shell.desk, driven.planted.child_id
    record = editing.new_record(desk, "need_to_know", child, {"summary": "She has a black phone."})
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    driven.planted.interview_id = record
    driven.go("sign", record)
    driven.click("correct")
    return driven


def typed(driven: Driven) -> None:
    question = driven.find("correct/question")
    assert isinstance(question, DropDown)
    question.put(question.itemData(1))
    driven.type("correct/words", WORDS)
    driven.type("correct/reason", "Misheard")


def standing(driven: Driven) -> tuple[str, str]:
    words, reason = driven.find("correct/words"), driven.find("correct/reason")
    assert isinstance(words, QTextEdit)
    assert isinstance(reason, QLineEdit)
    return words.toPlainText(), reason.text()


def corrections(driven: Driven) -> int:
    return len(driven.shell.desk.vault.view(driven.planted.interview_id).amendments)


def test_half_written_it_outlives_the_page_and_a_lock(signed: Driven) -> None:
    typed(signed)
    signed.go("today")
    signed.go("sign", signed.planted.interview_id)
    assert standing(signed) == (WORDS, "Misheard")

    signed.type("correct/words", " ")
    signed.shell.lock_asked.emit()
    signed.settle()
    signed.unlock()
    signed.go("sign", signed.planted.interview_id)
    assert standing(signed)[0].strip() == WORDS
    assert corrections(signed) == 0


def test_a_wrong_passphrase_keeps_the_words_and_the_right_one_signs_once(signed: Driven) -> None:
    typed(signed)
    signed.type("correct/passphrase", "not this one at all")
    signed.click("correct/sign")
    problem = signed.find("correct/problem")
    assert isinstance(problem, QLabel)
    assert "passphrase" in problem.text()
    assert standing(signed) == (WORDS, "Misheard")

    box = signed.find("correct/passphrase")
    assert isinstance(box, QLineEdit)
    box.clear()
    signed.type("correct/passphrase", PASSPHRASE)
    button = signed.find("correct/sign")
    assert isinstance(button, QAbstractButton)
    button.click()
    button.click()
    signed.settle()
    assert corrections(signed) == 1
    assert not signed.shows("correct/words")


def test_discarded_it_is_gone(signed: Driven) -> None:
    typed(signed)
    signed.autosaved()
    signed.click("correct/discard")
    assert not signed.shows("correct/words")
    signed.go("today")
    signed.go("sign", signed.planted.interview_id)
    assert not signed.shows("correct/words")
    assert corrections(signed) == 0


def test_what_cannot_be_printed_is_said_while_it_is_written(signed: Driven) -> None:
    words = signed.find("correct/words")
    assert isinstance(words, QTextEdit)
    words.setPlainText("She drew 𓀀.")

    assert [
        text for text in visible(signed) if text.startswith("This has signs that cannot be printed: “𓀀” (U+13000).")
    ]

    words.setPlainText("She drew a man.")
    assert not [text for text in visible(signed) if "cannot be printed" in text]


def visible(driven: Driven) -> list[str]:
    return [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]
