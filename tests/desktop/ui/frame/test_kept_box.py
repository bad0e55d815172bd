"""What stands in a search box is there again, and its results with it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.ui.kit.boxes.line_box import LineBox
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


def text(driven: Driven) -> str:
    box = driven.find("find/text")
    assert isinstance(box, LineBox)
    return box.words()


def test_a_search_is_there_after_leaving_and_after_a_lock(driven: Driven) -> None:
    driven.go("find")
    driven.type("find/text", "Wren")
    driven.go("today")
    driven.go("find")
    assert text(driven) == "Wren"
    assert driven.shows(f"find/{driven.planted.child_id}")
    driven.type("find/text", "Hollow")  # what came back is marked, so typing takes its place
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()

    assert driven.window.where.place == "find"
    assert text(driven) == "Hollow"
