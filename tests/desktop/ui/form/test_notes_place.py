"""Notes alone on the page: by one key there and back, the words kept, and the form where it was."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.flows.record import notes
from desktop.store.database.remembered import OFFICER
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(driven: Driven) -> Driven:
    driven.go("form", driven.planted.interview_id, "your_words")
    return driven


def here() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def kept(driven: Driven) -> list[str]:
    return [note.text for note in notes.notes(driven.shell.desk, driven.planted.interview_id)]


def test_one_key_leaves_the_time_and_the_words_and_the_next_brings_the_form_back(form: Driven) -> None:
    answer = form.find("f/before")
    answer.setFocus()
    form.key(Qt.Key.Key_N, BOTH)
    assert not form.shows("save-and-continue")
    assert not form.shows("rail/your_words")
    assert here() == "notes/box"
    form.type("notes/box", "Says nobody asked her")
    form.key(Qt.Key.Key_Return)
    form.autosaved()
    form.key(Qt.Key.Key_N, BOTH)

    assert form.shows("save-and-continue")
    assert here() == "f/before"
    assert kept(form) == ["Row about phone.", "Says nobody asked her"]


def test_the_pages_own_act_goes_back_and_judges_nothing(form: Driven) -> None:
    form.key(Qt.Key.Key_N, BOTH)
    form.key(Qt.Key.Key_Return, CONTROL)

    assert form.shows("save-and-continue")
    assert not form.shows("problems")


def test_after_a_lock_the_notes_lie_where_they_lay(form: Driven) -> None:
    form.key(Qt.Key.Key_N, BOTH)
    form.type("notes/box", "Half a li")
    form.key(Qt.Key.Key_L, CONTROL)
    form.unlock()

    assert not form.shows("save-and-continue")
    assert form.shows("notes/box")
    form.key(Qt.Key.Key_N, BOTH)
    assert form.shows("save-and-continue")
    assert kept(form)[-1] == "Half a li"


def test_they_stand_beside_sections_with_long_answers_and_are_a_button_beside_the_others(form: Driven) -> None:
    """With their count, which goes up as lines are written; it leads where the key leads."""
    assert form.shows("notes/box")
    assert not form.shows("form/notes")
    form.click("rail/meeting")
    assert not form.shows("notes/box")
    assert form.find("form/notes").accessibleName() == "Notes, 1"
    form.click("form/notes")
    form.type("notes/box", "Came at four")
    form.key(Qt.Key.Key_Return)
    form.click("notes/hide")
    assert form.find("form/notes").accessibleName() == "Notes, 2"
    assert form.shows("save-and-continue")
    form.click("rail/places_people")

    assert form.shows("notes/box")


def test_put_away_they_stay_away_until_they_are_asked_back(form: Driven) -> None:
    """In every section, and when the form is opened again."""
    form.click("notes/hide")
    assert not form.shows("notes/box")
    form.go("today")
    form.go("form", form.planted.interview_id, "your_words")
    assert not form.shows("notes/box")
    form.click("form/notes")
    assert not form.shows("save-and-continue")
    form.click("notes/beside")
    assert form.shows("notes/box")
    assert form.shows("save-and-continue")
    form.click("rail/meeting")

    assert not form.shows("notes/box")


def test_asked_for_beside_a_section_without_long_answers_they_stand_beside_all(form: Driven) -> None:
    form.click("rail/meeting")
    form.click("form/notes")
    form.click("notes/beside")
    assert form.shows("notes/box")
    form.go("today")
    form.go("form", form.planted.interview_id, "offer")

    assert form.shows("notes/box")
    assert form.shows("save-and-continue")


def test_in_large_text_they_come_in_the_forms_place(form: Driven) -> None:
    form.look("light", 200)
    form.go("form", form.planted.interview_id, "your_words")
    assert not form.shows("notes/box")
    form.click("form/notes")
    assert form.shows("notes/box")
    assert not form.shows("save-and-continue")
    form.click("notes/hide")

    assert form.shows("save-and-continue")


def test_before_a_visit_they_are_started_at_once(driven: Driven) -> None:
    driven.go("before", driven.planted.interview_id)
    driven.click("before/notes")

    assert here() == "notes/box"
    assert not driven.shows("save-and-continue")


def test_a_role_that_takes_no_notes_is_led_nowhere(driven: Driven) -> None:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, structs.replace(desk.officer, role="senior_manager"))
    desk.joined_anew()
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.key(Qt.Key.Key_N, BOTH)

    assert not driven.shows("notes/box")
