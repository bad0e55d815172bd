"""Sending goes on whichever page a person is on, and what goes wrong is said where they are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from casework import VERSION
from central.__main__ import main
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.council import sending
from desktop.flows.council.updating import NEEDED, UpdateStanding, standing
from desktop.flows.record import editing
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from tests.central.running import Council, keepers_words, running
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted

CHILDREN = 30


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("nadia")
        yield found


@pytest.fixture
def joined(council: Council, tmp_path: Path, qtbot: QtBot) -> Iterator[Driven]:
    """The window of a laptop that has thirty children to send, and sends only when asked."""
    gate = quick_gate(tmp_path / "home", build_catalogue(), council.clock)
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    join(desk, council.url, council.code("nadia"))
    keep(desk, Preferences(sends_itself=False))
    made = [editing.new_record(desk, "child", known={"given_name": f"Wren {n}"}) for n in range(CHILDREN)]
    desk.vault.close()
    application()
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    driven = Driven(window, Planted(tmp_path / "home", made[0], "", ""), council.clock, gate, qtbot)  # type: ignore[arg-type]
    driven.unlock()
    yield driven
    window.close()


def held_up(driven: Driven) -> threading.Event:
    """The network’s worker waits for this, so that a page can be left in the middle."""
    go_on = threading.Event()
    driven.shell.fetch(driven.shell, lambda: go_on.wait(20), lambda _done: None)
    return go_on


def begin(driven: Driven) -> None:
    driven.shell.go("sending")
    driven.window.store.drain()
    driven.shell.sending.begin()


def test_leaving_the_page_stops_nothing(joined: Driven) -> None:
    go_on = held_up(joined)
    begin(joined)
    joined.shell.go("today")
    go_on.set()
    joined.settle()

    assert sending.waiting_count(joined.shell.desk) == 0
    assert not joined.shell.sending.is_under_way
    assert joined.window.messages.history == []


def test_coming_back_shows_how_far_it_is_and_stop(joined: Driven) -> None:
    go_on = held_up(joined)
    begin(joined)
    joined.shell.go("today")
    joined.window.store.drain()
    joined.shell.go("sending")
    joined.window.store.drain()
    joined.qtbot.waitUntil(lambda: joined.shows("sending/stop"))
    state = joined.find("sending/state")
    assert isinstance(state, QLabel)
    assert state.text() == "Reaching the council"
    joined.shell.sending.stop()
    go_on.set()
    joined.settle()

    assert joined.shows("sending/now")


def test_a_fault_after_the_page_was_left_is_said_where_one_is(joined: Driven, council: Council) -> None:
    go_on = held_up(joined)
    begin(joined)
    joined.shell.go("today")
    council.stop()
    go_on.set()
    joined.settle()

    assert len(joined.window.messages.history) == 1
    assert joined.shows("notice")
    assert sending.waiting_count(joined.shell.desk) == CHILDREN


def test_locking_in_the_middle_ends_quietly_and_loses_nothing(joined: Driven) -> None:
    go_on = held_up(joined)
    begin(joined)
    joined.window.lock()
    joined.window.store.drain()
    go_on.set()
    joined.settle()
    assert not joined.shows("notice")
    joined.unlock()

    assert sending.waiting_count(joined.shell.desk) == CHILDREN


def test_the_keyboard_stays_with_the_window_while_it_sends(joined: Driven) -> None:
    """The words beside the button were shown before they had a place: no key, not even the lock, reached the window."""
    joined.go("sending")
    joined.click("sending/now")
    joined.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert joined.window.shell is None


def test_a_laptop_below_the_floor_is_told_kindly_and_its_words_go(
    joined: Driven, council: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands there until the council is content, also after a restart without a network."""
    assert main(["--home", str(council.home.folder), "floor", "99.0"]) == 0
    joined.shell.go("sending")
    joined.settle()
    joined.click("sending/now")
    joined.settle()
    shown = "\n".join(found.text() for found in joined.window.findChildren(QLabel) if found.isVisible())

    assert sending.waiting_count(joined.shell.desk) == 0
    assert f"{CHILDREN} items received by the council" in shown
    assert NEEDED in shown
    assert UpdateStanding("99.0").text in shown
    assert VERSION in UpdateStanding("99.0").text
    assert "ask your administrator" in UpdateStanding("99.0").text

    assert main(["--home", str(council.home.folder), "floor", "none"]) == 0
    joined.click("sending/now")
    joined.settle()
    shown = "\n".join(found.text() for found in joined.window.findChildren(QLabel) if found.isVisible())
    assert NEEDED not in shown


def test_what_the_council_offers_is_saved_where_the_person_says(
    joined: Driven, council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Needed or not, and only when asked; the words say that nothing is installed yet."""
    package, kept = tmp_path / "homeward_99.1_amd64.deb", tmp_path / "kept"
    package.write_bytes(b"a newer Homeward")
    kept.mkdir()
    keepers = keepers_words(council.home.folder)
    assert main(["--home", str(council.home.folder), "update", "offer", str(package), *keepers]) == 0
    assert main(["--home", str(council.home.folder), "floor", "99.0"]) == 0
    joined.shell.go("sending")
    joined.settle()
    assert not joined.shows("sending/update")
    joined.click("sending/now")
    joined.settle()
    assert standing(joined.shell.desk) == UpdateStanding("99.0", "99.1")
    assert list(kept.iterdir()) == []

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(kept))
    joined.click("sending/update")
    joined.settle()

    assert [file.read_bytes() for file in kept.iterdir()] == [b"a newer Homeward"]
    assert "Nothing is installed yet" in str(joined.window.messages.history[-1])
