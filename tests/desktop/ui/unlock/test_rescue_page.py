"""A disk that takes nothing more: the door says so, and leads to all of one's work in another folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.flows.record import editing
from desktop.forms.catalogue import Catalogue
from desktop.ui.app import application
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.unlock.rescue_page import NO_FOLDER
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate
from tests.desktop.store.test_power import _fill, small_disk
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted

__all__ = ["small_disk"]


@pytest.fixture
def on_a_full_disk(qtbot: QtBot, template: Planted, catalogue: Catalogue, small_disk: Path) -> Iterator[Driven]:
    application()
    home, clock = small_disk / "home", Clock()
    shutil.copytree(template.home, home)
    _fill(small_disk / "film.mp4")
    gate = quick_gate(home, catalogue, clock)
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Driven(window, template, clock, gate, qtbot)
    window.close()


def said(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_from_a_full_disk_every_word_comes_and_is_worked_on(on_a_full_disk: Driven, tmp_path: Path) -> None:
    driven, stick = on_a_full_disk, tmp_path / "stick"
    stick.mkdir()
    driven.unlock()
    assert "full" in said(driven, "unlock/problem")
    driven.click("unlock/rescue")
    driven.type("rescue/folder", str(stick))
    driven.type("rescue/passphrase", PASSPHRASE)
    driven.key(Qt.Key.Key_Return)

    assert driven.window.gate.home == stick / "Homeward"
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.type("f/during", "Said with room again.")
    driven.autosaved()
    driven.window.lock()
    driven.settle()
    driven.unlock()
    opened = editing.open_record(driven.shell.desk, driven.planted.interview_id)
    assert opened.answers["during"] == "Said with room again."


def test_the_door_leads_there_before_anything_went_wrong(locked: Driven, tmp_path: Path) -> None:
    """Without a folder, and with the wrong passphrase, it says so and nothing is made."""
    locked.click("unlock/disk")
    locked.click("rescue/go")
    assert said(locked, "rescue/problem") == NO_FOLDER
    box = locked.find("rescue/folder")
    assert isinstance(box, LineBox)
    (tmp_path / "stick").mkdir()
    locked.type("rescue/folder", str(tmp_path / "stick"))
    locked.type("rescue/passphrase", "not this one at all")
    locked.click("rescue/go")

    assert "does not open this store" in said(locked, "rescue/problem")
    locked.click("rescue/back")
    assert locked.shows("unlock/passphrase")
