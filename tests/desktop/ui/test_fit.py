"""The window on a small laptop: every page fits, and what a person must reach is inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea

from desktop.flows.record import editing
from desktop.ui.caseload.case_view import CaseView
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.team.test_page import becomes_manager

SMALL = ((1366, 690, 200), (1280, 642, 100))  # what a title bar leaves of 1366 × 728 and of 1280 × 680; text per cent
EveryPage = Callable[[], Iterator[str]]


@pytest.mark.parametrize(("wide", "high", "percent"), SMALL)
def test_every_page_fits_a_small_laptop(
    driven: Driven, every_page: EveryPage, wide: int, high: int, percent: int
) -> None:
    driven.look("light", percent)
    driven.window.resize(wide, high)
    driven.settle()
    outside: list[str] = []
    for page in every_page():
        assert (driven.window.width(), driven.window.height()) == (wide, high), page
        outside += [f"{page}: {name}" for name in beyond(driven)]

    assert outside == []


@pytest.mark.parametrize("place", ["team", "caseload", "cross-list"])
def test_at_twice_the_text_a_list_shows_its_lines(driven: Driven, place: str) -> None:
    """Of Team and Caseload nothing was left but the heads of the columns: whoever reads large could not see a line."""
    editing.answer(driven.shell.desk, driven.planted.child_id, {"cse_level": "low", "cce_level": "high"})
    for number in range(5):
        action = {"what": f"Ring {number}", "who": "Sam", "by_when": "2026-03-20"}
        editing.new_record(driven.shell.desk, "action", driven.planted.child_id, action)
    becomes_manager(driven)
    driven.look("light", 200)
    driven.window.resize(1366, 690)
    driven.go("children" if place == "cross-list" else place)
    if place == "cross-list":
        driven.click("children/cross")
    view = driven.window.findChild(CaseView)
    assert view is not None
    for _ in range(40):
        driven.key(Qt.Key.Key_Tab)
        if view.hasFocus():
            break

    assert view.hasFocus()
    line = view.visualRect(view.model().index(0, 0))
    assert view.viewport().visibleRegion().boundingRect().contains(line)


def beyond(driven: Driven) -> list[str]:
    """The buttons that are neither inside the window nor inside something that scrolls."""
    window = QRect(QPoint(0, 0), driven.window.size())
    found = []
    for button in driven.window.findChildren(QAbstractButton):
        if button.isVisible() and not scrolls(button):
            at = QRect(button.mapTo(driven.window, QPoint(0, 0)), button.size())
            if not window.contains(at):
                found.append(f"{button.objectName() or button.text()} {at.getRect()}")
    return found


def scrolls(button: QAbstractButton) -> bool:
    above = button.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False
