"""Today before the laptop has joined a council: what is true of it, and the one thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.forms.catalogue import Catalogue
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted


@pytest.fixture
def alone(qtbot: QtBot, tmp_path: Path, catalogue: Catalogue) -> Iterator[Driven]:
    """Set up, address and code left empty."""
    application()
    clock = Clock()
    gate = quick_gate(tmp_path / "home", catalogue, clock)
    set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE).vault.close()
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    driven = Driven(window, Planted(gate.home, "", "", ""), clock, gate, qtbot)
    driven.unlock()
    yield driven
    window.close()


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_a_laptop_that_has_not_joined_says_so_and_leads_there(alone: Driven) -> None:
    """It said that interviews are not kept on this laptop, and that the role only reads: there was no role yet."""
    assert "This laptop has not joined a council yet" in words(alone)
    assert "Interviews are not kept" not in words(alone)
    alone.go("new")
    assert "This laptop has not joined a council yet" in words(alone)
    assert "Your role" not in words(alone)
    alone.go("blank")
    assert "Your role" not in words(alone)
    alone.go("today")
    alone.click("today/join")

    assert alone.window.where.place == "settings"
