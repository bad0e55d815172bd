"""Long lists are shown in part: the rest comes on demand, by mouse and by keyboard, and the focus goes to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.ui.child.children_list import FEW
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.today import page
from tests.desktop.ui.conftest import Driven


def lines(driven: Driven) -> list[str]:
    found = driven.window.findChildren(LineButton)
    return [one.objectName() for one in found if one.isVisible() and one.objectName().startswith("children/")]


def test_children_come_thirty_at_a_time_by_keyboard(driven: Driven) -> None:
    desk = driven.shell.desk
    for number in range(70):
        editing.new_record(desk, "child", known={"given_name": f"Ada {number:02}"})
    driven.go("children")
    more = driven.find("children/more")
    assert isinstance(more, Link)
    assert len(lines(driven)) == FEW
    assert more.text() == "Show 30 more of 71"
    more.setFocus()
    driven.key(Qt.Key.Key_Return)

    assert len(lines(driven)) == 60
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == lines(driven)[FEW]
    assert driven.find("children/more").accessibleName() == "Show all 71"
    driven.click("children/more")
    assert len(lines(driven)) == 71
    assert not driven.shows("children/more")


def test_the_interviews_that_are_due_soonest_are_shown_and_the_others_on_demand(driven: Driven) -> None:
    """And the filled button is among those that are shown."""
    desk = driven.shell.desk
    for number in range(page.FEW + 3):
        child = editing.new_record(desk, "child", known={"given_name": f"Ada {number:02}"})
        known: dict[str, JSON] = {
            "last_seen_at": f"2026-03-25T{number:02}:00:00+00:00",
            "found_at": f"2026-03-26T{number:02}:30:00+00:00",
            "outcome": "real",
        }
        editing.new_record(desk, "missing_episode", child, known)
    driven.go("today")
    shown = [name for name in _acts(driven) if name.startswith("today/start/")]
    assert len(shown) == page.FEW
    driven.click("today/due/all")

    assert len([name for name in _acts(driven) if name.startswith("today/start/")]) == page.FEW + 4
    assert not driven.shows("today/due/all")


def _acts(driven: Driven) -> list[str]:
    return [one.objectName() for one in driven.window.findChildren(QPushButton) if one.isVisible()]
