"""Filling in an interview: saving, problems, rows, notes, and what hides."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget

from casework.errors import VaultError
from desktop.flows.record import editing, notes
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(driven: Driven) -> Driven:
    driven.go("form", driven.planted.interview_id, "your_words")
    return driven


def answers(driven: Driven) -> dict[str, object]:
    return dict(editing.open_record(driven.shell.desk, driven.planted.interview_id).answers)


def text_of(driven: Driven, name: str) -> str:
    widget = driven.find(name)
    assert isinstance(widget, QLabel)
    return widget.text()


def test_keys_before_the_record_has_come_do_nothing(driven: Driven) -> None:
    """F6 and the rest on a form that is still being fetched."""
    driven.shell.go("form", driven.planted.interview_id)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_F8):
        QTest.keyClick(driven.window, key)
    QTest.keyClick(driven.window, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(driven.window, Qt.Key.Key_U, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    driven.settle()

    assert driven.shows("save-and-continue")


def test_a_form_that_is_opened_again_and_again_is_not_kept(driven: Driven) -> None:
    """At its first section, and left without a key: what goes out of sight sends the keyboard on."""
    pages = []
    for _ in range(6):
        driven.go("form", driven.planted.interview_id)
        assert driven.window.frame is not None
        pages.append(weakref.ref(driven.window.frame.screen_shown))
        driven.go("help")
    gc.unfreeze()  # a page that was there while modules came was laid aside with them
    gc.collect()

    assert [number for number, page in enumerate(pages) if page() is not None] == []


def test_what_is_typed_is_in_the_store_soon_after(form: Driven) -> None:
    """No button is pressed; the strip says so only once it is true."""
    assert text_of(form, "strip/saved") == "Nothing typed yet"
    form.type("f/before", "I had a row with staff.")

    assert "before" not in answers(form)
    form.autosaved()
    assert answers(form)["before"] == "I had a row with staff."
    assert text_of(form, "strip/saved").startswith("Saved on this laptop ")


def test_leaving_the_page_loses_nothing(form: Driven) -> None:
    """Words typed in the last moment go with the person to the next page."""
    form.type("f/before", "Wait")
    form.go("today")

    assert answers(form)["before"] == "Wait"


def test_a_save_that_does_not_work_is_said_and_the_words_are_kept(
    form: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the strip says so, the words stay in memory, and they are saved when it can be."""

    def full(*_arguments: object) -> None:
        message = "The disk is full."
        raise VaultError(message)

    monkeypatch.setattr(form.shell.desk.vault.drafts, "save", full)
    form.type("f/before", "Do not lose this.")
    form.autosaved()

    assert text_of(form, "strip/saved").startswith("Not saved yet")
    assert form.window.unsaved.values == {form.planted.interview_id: {"f/before": "Do not lose this."}}
    monkeypatch.undo()
    form.go("today")
    form.go("form", form.planted.interview_id, "your_words")
    form.autosaved()
    assert answers(form)["before"] == "Do not lose this."
    assert form.window.unsaved.values == {}


def test_segments_are_chosen_and_taken_back(form: Driven) -> None:
    """By mouse, by arrow keys, and back to no answer."""
    form.click("f/how_now/mixed")
    form.autosaved()
    assert answers(form)["how_now"] == "mixed"
    form.key(Qt.Key.Key_Right)
    form.autosaved()
    assert answers(form)["how_now"] == "not_okay"
    form.click("f/how_now/not_okay")
    form.autosaved()
    assert "how_now" not in answers(form)


def test_save_and_continue_goes_on_when_nothing_is_wrong(form: Driven) -> None:
    form.click("f/words_not_said")
    form.key(Qt.Key.Key_Return, CONTROL)

    assert text_of(form, "section/title") == "5 Why"


def test_an_empty_page_gives_a_summary_first(form: Driven) -> None:
    """Check 6: the summary has the keyboard, the title says Error, the words match, the link goes to the box."""
    form.go("form", form.planted.interview_id, "meeting")
    form.click("save-and-continue")
    summary = form.find("summary")

    assert form.window.windowTitle().startswith("Error: ")
    assert QApplication.focusWidget() is summary
    first = form.find("summary/0")
    assert text_of(form, "f/started_at/problem") == first.accessibleName()
    form.click("summary/0")
    assert QApplication.focusWidget() is form.find("f/started_at/day")


def test_a_problem_is_told_to_a_screen_reader_and_goes_when_it_is_put_right(form: Driven) -> None:
    """Check 7: the message is the box's description until the answer is there."""
    form.go("form", form.planted.interview_id, "meeting")
    form.click("save-and-continue")
    box = form.find("f/mode/face_to_face")
    node = QAccessible.queryAccessibleInterface(box)
    said = text_of(form, "f/mode/problem")
    assert said
    assert node.text(QAccessible.Text.Description) == said
    form.click("f/mode/face_to_face")

    assert not form.shows("f/mode/problem")
    box = form.find("f/mode/face_to_face")
    assert QAccessible.queryAccessibleInterface(box).text(QAccessible.Text.Description) != said


def test_a_wrong_date_shows_nothing_until_asked_to_go_on(form: Driven) -> None:
    """Check 8: nobody is corrected in the middle of a word."""
    form.go("form", form.planted.interview_id, "meeting")
    for part, words in (("day", "31"), ("month", "2"), ("year", "2026"), ("time", "14:00")):
        form.type(f"f/started_at/{part}", words)
    form.autosaved()

    assert not form.shows("f/started_at/problem")
    assert "started_at" not in answers(form)
    form.click("save-and-continue")
    assert text_of(form, "f/started_at/problem") == "Enter a real date, such as 27 3 2026"
    day = form.find("f/started_at/day")
    assert isinstance(day, QLineEdit)
    assert day.text() == "31"


def test_f8_goes_from_problem_to_problem(form: Driven) -> None:
    """Also into sections that were not opened yet."""
    visited = set()
    for _ in range(6):
        form.key(Qt.Key.Key_F8)
        focus = QApplication.focusWidget()
        visited.add(focus.objectName() if focus else "")

    assert len(visited) == 6


def test_check_for_gaps_lists_the_whole_record(form: Driven) -> None:
    form.click("rail/gaps")
    summary = form.find("summary")

    assert summary.accessibleName().startswith("There are ")
    assert "getting away from" in summary.accessibleDescription()
    assert "Write what you think, and why." in summary.accessibleDescription()


def test_rows_come_go_and_come_back(form: Driven) -> None:
    """A removed row can be put back while the page is open, with everything in it."""
    form.go("form", form.planted.interview_id, "places_people")
    form.click("f/people/add")
    name = next(w for w in form.window.findChildren(QLineEdit) if w.objectName().endswith("/name") and w.isVisible())
    path = name.objectName().removesuffix("/name")
    form.type(f"{path}/name", "Dex")
    form.autosaved()
    assert [row["name"] for row in answers(form)["people"]] == ["Dex"]  # type: ignore[attr-defined]
    form.click(f"{path}/remove")
    form.autosaved()
    assert answers(form).get("people", []) == []
    form.click(f"{path}/restore")
    form.autosaved()

    assert [row["name"] for row in answers(form)["people"]] == ["Dex"]  # type: ignore[attr-defined]


def test_who_may_see_is_a_row_once_decided(form: Driven) -> None:
    """What is kept back is asked for only where something is."""
    form.go("form", form.planted.interview_id, "sharing")
    form.click("f/consents/police/some")
    form.autosaved()
    rows = answers(form)["consents"]

    assert [(row["recipient"], row["decision"]) for row in rows] == [("police", "some")]  # type: ignore[attr-defined]
    kept = [
        w.objectName() for w in form.window.findChildren(QWidget) if "/keep_back/" in w.objectName() and w.isVisible()
    ]
    assert kept


def test_a_note_goes_into_the_answer(form: Driven) -> None:
    """By the key, where the caret stands, and the note is ticked."""
    desk, interview = form.shell.desk, form.planted.interview_id
    note = notes.notes(desk, interview)[0]
    form.type("f/before", "First.")
    form.click(f"notes/{note.row_id}")
    form.key(Qt.Key.Key_U, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form.autosaved()

    assert answers(form)["before"] == "First. Row about phone."
    assert notes.notes(desk, interview)[0].used


def test_pasted_words_lose_their_dress(form: Driven) -> None:
    """Rich text from elsewhere becomes plain words."""
    QApplication.clipboard().setText("plain")
    box = form.find("f/before")
    assert isinstance(box, QTextEdit)

    assert not box.acceptRichText()
    box.setFocus()
    form.key(Qt.Key.Key_V, CONTROL)
    form.autosaved()
    assert answers(form)["before"] == "plain"


def test_ways_to_ask_stay_closed_until_asked_for(form: Driven) -> None:
    assert not form.shows("f/before/ways/list")
    form.click("f/before/ways")

    assert form.shows("f/before/ways/list")


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_K, "find"), (Qt.Key.Key_N, "new"), (Qt.Key.Key_Return, "form")])
def test_keys_work_inside_a_box_of_words(form: Driven, key: Qt.Key, place: str) -> None:
    """Ctrl+K finds a child; it does not delete the rest of the child's line, as it would in a bare box."""
    form.type("f/before", "Keep all of this.")
    form.key(Qt.Key.Key_Home)
    form.key(key, CONTROL)
    form.autosaved()

    assert form.window.where.place == place
    assert answers(form)["before"] == "Keep all of this."
