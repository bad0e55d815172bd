"""The window on a small laptop: every page fits, and what a person must reach is inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea

from tests.desktop.ui.conftest import Driven

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
