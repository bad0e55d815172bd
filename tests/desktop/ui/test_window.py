"""The door, locking, hiding, and what the strip may say."""

from __future__ import annotations

import gc
import time

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import pause
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.sending import waiting_count
from desktop.flows.record import editing
from desktop.forms.catalogue import Catalogue
from desktop.ui.app import application
from desktop.ui.making_ready import READY_AFTER
from desktop.ui.theme import look
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate
from tests.desktop.ui.conftest import NAME, PASSPHRASE, Driven, Planted

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def everything_said(window: QWidget) -> str:
    """Every word that can be found in the window, shown or not."""
    said = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
            said.append(widget.text())
        if isinstance(widget, QTextEdit):
            said.append(widget.toPlainText())
    return "\n".join(said)


def test_a_wrong_passphrase_is_said_and_the_box_keeps_the_keyboard(locked: Driven) -> None:
    locked.type("unlock/passphrase", "not this one at all")
    locked.key(Qt.Key.Key_Return)
    locked.settle()

    problem = locked.find("unlock/problem")
    assert isinstance(problem, QLabel)
    assert "does not open this store" in problem.text()
    assert locked.window.windowTitle().startswith("Error: ")
    assert QApplication.focusWidget() is locked.find("unlock/passphrase")


def test_the_passphrase_can_be_pasted(locked: Driven) -> None:
    """Check 22: paste works at the door."""
    QApplication.clipboard().setText(PASSPHRASE)
    locked.find("unlock/passphrase").setFocus()
    locked.key(Qt.Key.Key_V, CONTROL)
    locked.click("unlock/go")
    locked.settle()

    assert locked.window.shell is not None


@pytest.mark.parametrize("how", ["key", "button", "idle", "jump"])
def test_locking_leaves_no_childs_name(driven: Driven, how: str) -> None:
    """Check 22: by Ctrl+L, the button, nobody at the keys, or a clock that jumped."""
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.type("f/before", "Typed just before")
    assert NAME in everything_said(driven.window)
    if how == "key":
        driven.key(Qt.Key.Key_L, CONTROL)
    elif how == "button":
        driven.click("place/lock")
    elif how == "idle":
        driven.window.guard._watch.touched(time.monotonic() - 11 * 60)
        driven.window.guard.look()
    else:
        driven.clock.passes(hours=1)
        driven.window.guard.look()
    driven.settle()

    assert driven.window.shell is None
    assert "Wren" not in everything_said(driven.window)
    assert "Typed just before" not in everything_said(driven.window)
    driven.unlock()
    found = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers
    assert found["before"] == "Typed just before"


def test_hiding_covers_everything_at_once(driven: Driven) -> None:
    """Check 23: no child's name in the title or the picture of the window; Esc shows it again."""
    driven.go("child", driven.planted.child_id)
    before = driven.window.grab().toImage()
    driven.key(Qt.Key.Key_H, CONTROL | SHIFT)
    after = driven.window.grab().toImage()

    assert driven.window.windowTitle() == "Homeward"
    assert driven.window.cover.geometry() == driven.window.rect()
    assert after.pixelColor(30, 30) != before.pixelColor(30, 30)
    driven.key(Qt.Key.Key_Escape)
    assert not driven.window.cover.isVisible()
    assert driven.window.windowTitle().startswith(NAME)


def test_the_count_on_every_page_is_the_outbox(driven: Driven, every_page: object) -> None:
    """Check 11: the strip says what waits, as counted in the store."""
    for page in every_page():  # type: ignore[operator]
        driven.settle()
        count = waiting_count(driven.shell.desk)
        link = driven.find("strip/waiting")
        assert isinstance(link, QAbstractButton)

        assert link.text() == f"{count} waiting to send", page


def test_nothing_says_sent_without_a_receipt(driven: Driven, every_page: object) -> None:
    """Check 10: with nothing received, no page says sent, synced or received by anybody."""
    for page in every_page():  # type: ignore[operator]
        said = [
            w.text().casefold()
            for w in driven.window.findChildren(QWidget)
            if isinstance(w, (QLabel, QAbstractButton)) and w.isVisible()
        ]
        wrong = [line for line in said if any(word in line.split() for word in ("sent", "synced", "sent."))]

        assert wrong == [], page
    driven.go("sending")
    assert "Nothing yet." in everything_said(driven.window)


def test_no_widget_opens_as_a_window_of_its_own(driven: Driven, every_page: object) -> None:
    """A widget shown before it has a parent flashes on the desktop and takes the keyboard away."""
    strays: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
            if shown and watched.isWindow() and watched is not driven.window:  # type: ignore[attr-defined]
                strays.append(f"{type(watched).__name__} {watched.objectName()}")
            return False

    watch = Watch()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    for _page in every_page():  # type: ignore[operator]
        pass
    application.removeEventFilter(watch)

    assert strays == []


def test_text_size_by_keys(driven: Driven) -> None:
    """Larger, larger, and back; kept in the store, and the page stays where it was."""
    driven.go("settings")
    driven.key(Qt.Key.Key_Plus, CONTROL)
    driven.key(Qt.Key.Key_Plus, CONTROL)

    assert look().percent == 120
    assert driven.window.where.place == "settings"
    driven.key(Qt.Key.Key_0, CONTROL)
    assert look().percent == 100


def test_setting_up_looks_at_everything_first(locked: Driven) -> None:
    """A weak passphrase and one typed differently the second time are told apart, and nothing is made."""
    locked.window.show_setup(first=True)
    locked.settle()
    locked.type("setup/name", "Sam Tindle")
    locked.type("setup/passphrase", "short")
    locked.click("setup/finish")
    problem = locked.find("setup/problem")
    assert isinstance(problem, QLabel)
    assert problem.text().startswith("Not strong enough yet. Add five more words")
    locked.type("setup/passphrase", f" {PASSPHRASE}")
    locked.click("setup/finish")

    assert "not the same" in problem.text()
    assert len(locked.gate.cards()) == 1


def test_setting_up_makes_a_store_and_opens_it(locked: Driven) -> None:
    locked.window.show_setup(first=True)
    locked.settle()
    locked.type("setup/name", "Sam Tindle")
    locked.type("setup/passphrase", PASSPHRASE)
    locked.type("setup/again", PASSPHRASE)
    locked.click("setup/finish")
    locked.settle()

    assert locked.window.shell is not None
    assert sorted(card.label for card in locked.gate.cards()) == ["Nadia Brightwater", "Sam Tindle"]


def test_a_window_closed_while_it_was_unlocking_leaves_nothing_open(locked: Driven) -> None:
    """The store that was being opened is closed again: another window can have it."""
    locked.type("unlock/passphrase", PASSPHRASE)
    locked.find("unlock/go").click()  # type: ignore[attr-defined]
    locked.window.close()

    assert locked.window.shell is None
    locked.gate.unlock(locked.gate.only().folder, PASSPHRASE).vault.close()


def test_a_window_closed_before_it_was_ready_closes_again(locked: Driven) -> None:
    """What it makes ready at the door was given to a worker that had ended, and the next end waited for it for ever."""
    locked.window.close()
    pause(READY_AFTER + 50)
    locked.window.close()

    assert locked.window.network.idle


def used_once(planted: Planted, gate: Gate, clock: Clock, qtbot: QtBot) -> None:
    """A window from its opening to its end, worked a little."""
    window = MainWindow(gate)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    driven = Driven(window, planted, clock, gate, qtbot)
    driven.unlock()
    driven.go("find")
    window.close()
    window.deleteLater()


def windows_alive() -> int:
    pause(20)  # pages that were left are deleted on the next turn of the loop
    gc.collect()
    return sum(isinstance(thing, MainWindow) for thing in gc.get_objects())


def test_a_window_that_is_gone_is_kept_by_nothing(planted: Planted, catalogue: Catalogue, qtbot: QtBot) -> None:
    """What its shell's signals called named the window: each one stayed, and looked at every event from then on."""
    application()
    clock = Clock()
    gate = quick_gate(planted.home, catalogue, clock)
    used_once(planted, gate, clock, qtbot)
    before = windows_alive()
    used_once(planted, gate, clock, qtbot)
    used_once(planted, gate, clock, qtbot)

    assert windows_alive() == before


@pytest.mark.parametrize("how", ["key", "mouse", "in another window"])
def test_whoever_is_at_the_keys_is_not_locked_out(driven: Driven, how: str) -> None:
    """What a person does comes to a window of the system before any part of it; a list or a dialog has its own."""
    dialog = QDialog(driven.window)
    if how == "in another window":
        dialog.show()
        driven.settle()
    driven.window.guard.look()
    driven.window.guard._watch.touched(time.monotonic() - 11 * 60)
    handle = (dialog if how == "in another window" else driven.window).windowHandle()
    assert handle is not None
    if how == "mouse":
        QTest.mouseMove(handle, QPoint(200, 200))
    else:
        QTest.keyClick(handle, Qt.Key.Key_Shift)
    driven.window.guard.look()
    driven.settle()
    dialog.close()

    assert driven.window.shell is not None
