"""The note box is a draft from its first letter; nothing has to be added; any line can be corrected and taken out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from casework.errors import VaultError
from desktop.flows.record import notes
from desktop.ui.kit.fields.narrative import WordsBox
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(driven: Driven) -> Driven:
    driven.go("form", driven.planted.interview_id, "your_words")
    return driven


def left(driven: Driven) -> None:
    driven.go("today")


def locked_and_unlocked(driven: Driven) -> None:
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()


def box(driven: Driven, name: str = "notes/box") -> str:
    found = driven.find(name)
    assert isinstance(found, WordsBox)
    return found.words()


def kept(driven: Driven) -> list[str]:
    return [note.text for note in notes.notes(driven.shell.desk, driven.planted.interview_id)]


def last(driven: Driven) -> notes.Note:
    return notes.notes(driven.shell.desk, driven.planted.interview_id)[-1]


@pytest.mark.parametrize("go", [left, locked_and_unlocked])
def test_what_stands_in_the_note_box_is_there_again(form: Driven, go: Callable[[Driven], None]) -> None:
    form.type("notes/box", "Says nobody asked her")
    go(form)
    form.go("form", form.planted.interview_id, "your_words")

    assert box(form) == "Says nobody asked her"
    assert kept(form) == ["Row about phone.", "Says nobody asked her"]
    form.type("notes/box", "Oh: ")  # the caret is at the start of a box that was opened again
    form.autosaved()
    assert kept(form) == ["Row about phone.", "Oh: Says nobody asked her"]


@pytest.mark.parametrize("blank", ["\t", " ", "a line, and then  "])
def test_a_line_of_blanks_is_there_again_and_is_no_note(form: Driven, blank: str) -> None:
    """Somebody put a tab, or took their words out for a space, and was called away."""
    QApplication.clipboard().setText(blank)
    form.find("notes/box").setFocus()
    form.key(Qt.Key.Key_V, CONTROL)
    left(form)
    form.go("form", form.planted.interview_id, "your_words")

    assert box(form) == blank
    assert kept(form) == ["Row about phone.", *([blank] if blank.strip() else [])]


def test_enter_begins_a_line_with_its_time(form: Driven) -> None:
    form.type("notes/box", "Chips")
    form.key(Qt.Key.Key_Return)
    form.type("notes/box", "No money left")
    form.autosaved()

    assert kept(form) == ["Row about phone.", "Chips", "No money left"]
    assert box(form) == "No money left"
    begun = form.find("notes/begun")
    assert isinstance(begun, QLabel)
    assert begun.text()
    form.key(Qt.Key.Key_Return)
    form.key(Qt.Key.Key_Return)  # on an empty line it does nothing
    assert box(form) == ""
    assert len(kept(form)) == 3


def test_shift_and_enter_breaks_a_line(form: Driven) -> None:
    form.type("notes/box", "Chips")
    form.key(Qt.Key.Key_Return, SHIFT)
    form.type("notes/box", "Bus")
    form.autosaved()

    assert kept(form)[-1] == "Chips\nBus"


def test_a_note_is_corrected_where_it_stands(form: Driven) -> None:
    note = last(form)
    form.click(f"notes/{note.row_id}")
    form.click("notes/correct")
    form.type("notes/correction", "No: ")
    left(form)
    form.go("form", form.planted.interview_id, "your_words")

    assert kept(form) == ["No: Row about phone."]
    assert last(form).at == note.at
    form.click(f"notes/{note.row_id}")
    form.click("notes/correct")
    form.type("notes/correction", "Oh. ")
    form.click("notes/corrected")
    form.autosaved()
    assert not form.shows("notes/correction")
    assert form.find(f"notes/{note.row_id}").accessibleName().endswith("Oh. No: Row about phone.")


def test_a_note_is_taken_out_and_put_back(form: Driven) -> None:
    note = last(form)
    form.click(f"notes/{note.row_id}")
    form.click("notes/take-out")
    form.autosaved()
    assert kept(form) == []
    form.click(f"notes/{note.row_id}/restore")
    form.autosaved()

    assert kept(form) == ["Row about phone."]


def test_hiding_the_notes_keeps_what_stands_in_them(form: Driven) -> None:
    form.type("notes/box", "Says")
    form.click("notes/hide")
    form.click("form/notes")

    assert box(form) == "Says"


def test_a_note_that_a_full_disk_refused_is_there_and_is_tried_again(
    form: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        message = "The disk is full."
        raise VaultError(message)

    with monkeypatch.context() as patched:
        patched.setattr(form.shell.desk.vault.drafts, "save", full)
        patched.setattr(form.shell.desk.vault.half_typed, "save", full)
        form.type("notes/box", "Do not lose this.")
        left(form)
        assert kept(form) == ["Row about phone."]
    form.go("form", form.planted.interview_id, "your_words")
    assert box(form) == "Do not lose this."
    form.autosaved()

    assert kept(form) == ["Row about phone.", "Do not lose this."]
