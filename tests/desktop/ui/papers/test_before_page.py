"""Before you go, in the window: from Today’s visit, a child and a record; its sheet; on to the record and the time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.flows.record import editing
from tests.desktop.documents.conformance import pages_of, text_of
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.printing.paper_in_a_file import is_written_on, with_a_printer


@pytest.fixture
def visit(driven: Driven) -> str:
    desk, planted = driven.shell.desk, driven.planted
    at = (desk.now() + timedelta(hours=1)).isoformat(timespec="seconds")
    known = {"about": planted.interview_id, "at": at, "what": "Return home interview", "where": "Larkfield House"}
    made = editing.new_record(desk, "appointment", planted.child_id, {**known, "known_risks": "A dog."})
    driven.go("children")
    driven.go("today")
    return made


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_todays_visit_leads_there_and_on_to_the_record(driven: Driven, visit: str) -> None:
    driven.click(f"today/before/{visit}")
    assert driven.window.where.place == "before"
    said = words(driven)
    for part in (
        "Larkfield House",
        "A dog.",
        "What was going on before you left?",
        "72 hours end",
        "Your identity badge",
    ):
        assert part in said

    driven.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (driven.window.where.place, driven.window.where.about) == ("form", driven.planted.interview_id)


def test_a_child_and_a_record_lead_there_too(driven: Driven, visit: str) -> None:
    driven.go("child", driven.planted.child_id)
    driven.click("child/before")
    assert "Larkfield House" in words(driven)

    driven.go("form", driven.planted.interview_id)
    driven.click("record/before")
    assert "Larkfield House" in words(driven)


def test_the_sheet_is_saved_by_its_key(
    driven: Driven, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _p, _t, name, _k: (str(tmp_path / name), ""))
    driven.go("before", visit)
    driven.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert pages_of(tmp_path / "before-you-go.pdf") == 1
    assert "Hollowby" not in text_of(tmp_path / "before-you-go.pdf")
    assert driven.window.messages.history[-1].title.startswith("Saved as before-you-go.pdf: one page")


def test_the_sheet_is_printed_and_noted(
    driven: Driven, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = with_a_printer(monkeypatch, tmp_path / "printed.pdf")
    driven.go("before", visit)
    driven.click("before/print")

    assert len(tray()) == 1
    assert is_written_on(tray())
    assert driven.window.messages.history[-1].title == "Given to the printer"


def test_without_a_time_one_is_added_in_one_press(driven: Driven) -> None:
    driven.go("before", driven.planted.interview_id)
    assert "No time" in words(driven)
    driven.click("before/time")

    where = driven.window.where
    record = editing.open_record(driven.shell.desk, where.about)
    assert (where.place, record.definition.id) == ("form", "appointment")
    assert record.answers["about"] == driven.planted.interview_id


def test_it_is_there_again_after_a_lock_and_shows_nobody_meanwhile(driven: Driven, visit: str) -> None:
    driven.go("before", visit)
    driven.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert "Wren" not in words(driven)
    assert "Larkfield" not in words(driven)
    driven.unlock()

    assert driven.window.where.place == "before"
    assert "Larkfield House" in words(driven)
