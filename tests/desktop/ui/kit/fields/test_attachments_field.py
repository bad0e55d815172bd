"""What is asked about each file stands under it: without that a photograph could be added and its form never signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from tests.desktop.store import photographs
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visit(driven: Driven, tmp_path: Path) -> tuple[Driven, str]:
    """A visit whose home was looked at, and a photograph of it."""
    known: dict[str, JSON] = {"attempts": [{"result": "child_seen"}], "home": ["no_worry"]}
    record = editing.new_record(driven.shell.desk, "safe_well_visit", driven.planted.child_id, known)
    section = editing.open_record(driven.shell.desk, record).definition.section_of["photos"].id
    driven.go("form", record, section)
    (tmp_path / "a.jpg").write_bytes(photographs.jpeg(64, 48))
    editor = next(one for one in driven.window.findChildren(AttachmentsEditor) if one.isVisible())
    editor.take([tmp_path / "a.jpg"])
    driven.settle()
    return driven, record


def rows(driven: Driven, record: str) -> list[dict[str, object]]:
    return list(editing.open_record(driven.shell.desk, record).answers["photos"])  # type: ignore[arg-type]


def test_what_a_photograph_shows_is_asked_and_the_problem_leads_there(visit: tuple[Driven, str]) -> None:
    driven, record = visit
    row = str(rows(driven, record)[0]["id"])
    driven.key(Qt.Key.Key_Return, CONTROL)
    driven.key(Qt.Key.Key_F8)
    assert QApplication.focusWidget().objectName() == f"r/photos/{row}/what"
    driven.type(f"r/photos/{row}/what", "The yard")
    driven.type(f"r/photos/{row}/permission", "Their mother")
    driven.autosaved()

    (kept,) = rows(driven, record)
    assert (kept["what"], kept["permission"]) == ("The yard", "Their mother")
    session = driven.window.frame.screen_shown._form.session
    assert not [one for one in session.findings() if one.question_id == "photos" and one.blocks_signing]


def test_it_stands_there_again_and_goes_with_its_file(visit: tuple[Driven, str]) -> None:
    driven, record = visit
    row = str(rows(driven, record)[0]["id"])
    driven.type(f"r/photos/{row}/what", "The yard")
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()
    assert driven.find(f"r/photos/{row}/what").text() == "The yard"  # type: ignore[attr-defined]
    driven.click(f"r/photos/{row}/remove")

    assert not driven.shows(f"r/photos/{row}/what")
