"""What a screen reader, a keyboard and large text need, on every page of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QTextEdit, QWidget

from tests.desktop.ui.conftest import Driven

Pages = Callable[[], Iterator[str]]
LEAST_TARGET = 24
ONE_LINE = 24  # a box may start a little higher than the link beside its label
TAB = Qt.FocusPolicy.TabFocus


def stops(window: QWidget) -> list[QWidget]:
    """Everything the Tab key can reach."""
    every = [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return [widget for widget in every if widget.focusPolicy() & TAB]


def spoken(widget: QWidget) -> str:
    """The name a screen reader has for it; a drop-down's own text is its value, not its name."""
    node = QAccessible.queryAccessibleInterface(widget)
    name = node.text(QAccessible.Text.Name).strip()
    if isinstance(widget, QComboBox):
        return widget.accessibleName().strip()
    return name


def test_everything_that_takes_the_keyboard_has_a_name(driven: Driven, every_page: Pages) -> None:
    """Check 1: nobody hears just “button”."""
    nameless = [
        (page, widget.objectName(), type(widget).__name__)
        for page in every_page()
        for widget in stops(driven.window)
        if not spoken(widget)
    ]

    assert nameless == []


def test_every_stop_can_be_driven_by_name(driven: Driven, every_page: Pages) -> None:
    """Each control has a name of its own that does not change from run to run."""
    for page in every_page():
        names = [w.objectName() for w in stops(driven.window)]

        assert "" not in names, page
        assert len(names) == len(set(names)), (page, sorted(n for n in names if names.count(n) > 1))


def test_nothing_is_cut_at_200_per_cent(driven: Driven, every_page: Pages) -> None:
    """Check 2: in 1280 by 720 every word has its room, and no page scrolls sideways."""
    driven.window.resize(1280, 720)
    driven.look("light", 200)

    assert [(page, *cut) for page in every_page() for cut in cut_in(driven.window)] == []


def cut_in(window: QWidget) -> Iterator[tuple[str, str, int, int]]:
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QLabel, QAbstractButton)) and widget.text():
            tall = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
            if widget.height() < tall - 1:
                yield widget.objectName(), widget.text()[:40], widget.height(), tall
    for area in window.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None and inside.width() > area.viewport().width():
            yield "sideways", area.objectName(), inside.width(), area.viewport().width()


def test_no_target_is_smaller_than_a_fingertip(driven: Driven, every_page: Pages) -> None:
    """Check 23: nothing to press is under 24 by 24."""
    small = [
        (page, w.objectName(), w.width(), w.height())
        for page in every_page()
        for w in stops(driven.window)
        if w.width() < LEAST_TARGET or w.height() < LEAST_TARGET
    ]

    assert small == []


@pytest.mark.parametrize("section", ["your_words", "meeting", "sharing"])
def test_tab_goes_through_a_section_as_it_reads(driven: Driven, section: str) -> None:
    """Check 4: down the page, and nothing traps the keyboard; Shift and Tab come back the same way."""
    driven.go("form", driven.planted.interview_id, section)
    page = driven.find("form")
    fields = [w for w in stops(page) if isinstance(w, (QLineEdit, QTextEdit, QAbstractButton, QComboBox))]
    fields[0].setFocus(Qt.FocusReason.TabFocusReason)
    order: list[QWidget] = [fields[0]]
    for _ in range(len(fields) - 1):
        driven.key(Qt.Key.Key_Tab)
        order.append(driven.window.focusWidget())

    assert {w.objectName() for w in fields} == {w.objectName() for w in order}
    assert isinstance(page, QScrollArea)
    inside = page.widget()
    assert inside is not None
    tops = [widget.mapTo(inside, QPoint(0, 0)).y() for widget in order]
    assert [(a, b) for a, b in pairwise(tops) if b < a - ONE_LINE] == []
    back = [order[-1]]
    for _ in range(len(fields) - 1):
        driven.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        back.append(driven.window.focusWidget())
    assert [w.objectName() for w in reversed(order)] == [w.objectName() for w in back]


def test_f6_visits_every_part_of_the_window(driven: Driven) -> None:
    """From the places bar through rail, answers, foot and notes to the strip, and round again."""
    driven.go("form", driven.planted.interview_id, "your_words")
    frame = driven.window.frame
    assert frame is not None
    seen = set()
    for _ in range(12):
        driven.key(Qt.Key.Key_F6)
        here = driven.window.focusWidget()
        seen |= {n for n, pane in enumerate(frame.panes()) if pane.isAncestorOf(here)}

    assert {0, 1, 2, 3, 4, 6} <= seen


def test_our_face_is_the_one_drawn(driven: Driven) -> None:
    """The shipped face, not whatever the machine has."""
    title = driven.find("header/title")

    assert "Atkinson Hyperlegible Next" in title.fontInfo().family()
