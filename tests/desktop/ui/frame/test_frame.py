"""The frame round every page: the keyboard is somewhere after each step, and what stays is not made anew."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.frame import tab_order
from desktop.ui.frame.frame import Frame
from tests.desktop.ui.conftest import Driven


def frame_of(driven: Driven) -> Frame:
    assert driven.window.frame is not None
    return driven.window.frame


def with_keyboard() -> str:
    here = QApplication.focusWidget()
    return here.objectName() if here is not None else ""


@pytest.mark.parametrize("place", ["today", "find", "children", "sending", "settings", "help", "caseload"])
def test_from_every_page_the_keyboard_goes_to_a_stop_of_the_next(driven: Driven, place: str) -> None:
    """It was on the page that goes, or on one of its acts."""
    for before in ("today", "help", "settings"):
        driven.go(before)
        driven.go(place)
        here = QApplication.focusWidget()
        assert here is not None
        assert here in tab_order.stops(driven.window, frame_of(driven).tab_groups()), (before, here.objectName())


def test_a_page_that_goes_seeks_no_stop_for_each_of_its_parts(driven: Driven, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt looks through the whole window for each part that is hidden with the keyboard in it."""
    driven.go("help")
    sought: list[QWidget] = []
    stops = tab_order.stops

    def seeking(window: QWidget, groups: Sequence[QWidget]) -> list[QWidget]:
        sought.append(window)
        return stops(window, groups)

    monkeypatch.setattr(tab_order, "stops", seeking)
    driven.go("today")

    assert sought == []


def test_what_a_page_can_do_stays_while_its_lists_are_read_again(driven: Driven) -> None:
    driven.go("today")
    act = driven.find("today/new")
    act.setFocus()
    screen = frame_of(driven).screen_shown
    assert screen is not None
    screen.refresh()
    driven.settle()

    assert driven.find("today/new") is act
    assert with_keyboard().startswith("today/")
