"""Who may see what, as one grid under heads; by keyboard, by screen reader, and as lines in large text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven

GRID = "f/consents"


@pytest.fixture
def sharing(driven: Driven) -> Driven:
    driven.window.resize(1366, 690)
    driven.go("form", driven.planted.interview_id, "sharing")
    return driven


def middle(driven: Driven, widget: QWidget) -> int:
    return widget.mapTo(driven.window, QPoint(widget.width() // 2, 0)).x()


def decided(driven: Driven) -> dict[object, object]:
    driven.autosaved()
    answers = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers
    rows = answers.get("consents", [])
    assert isinstance(rows, list)
    return {row["recipient"]: row.get("decision") for row in rows if isinstance(row, dict)}


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_every_answer_stands_under_its_head(sharing: Driven, way: Qt.LayoutDirection) -> None:
    """Read from either side; a tick under another’s head would be another answer."""
    sharing.window.setLayoutDirection(way)
    sharing.settle()
    heads = [sharing.find(f"consent/head/{number}") for number in range(4)]
    for who in ("police", "cp_chair"):
        cells = [sharing.find(f"{GRID}/{who}/{code}") for code in ("all", "some", "no", "not_asked")]
        for head, cell in zip(heads, cells, strict=True):
            assert isinstance(head, QLabel)
            assert abs(middle(sharing, head) - middle(sharing, cell)) <= 2
            assert cell.accessibleName().endswith(f": {head.text()}")
    assert sharing.find(f"{GRID}/police/all").accessibleName() == "Police: Yes, all of it"


def test_arrows_go_along_a_row_and_tab_to_the_next(sharing: Driven) -> None:
    sharing.find(f"{GRID}/police/all").setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        sharing.key(Qt.Key.Key_Right)
    assert decided(sharing) == {"police": "no"}
    here = QApplication.focusWidget()
    assert here is not None
    assert here.objectName() == f"{GRID}/police/no"
    sharing.key(Qt.Key.Key_Right)
    assert decided(sharing) == {"police": "not_asked"}


def test_what_a_decision_calls_for_opens_under_its_row_and_goes_with_it(sharing: Driven) -> None:
    before = sharing.find(f"{GRID}/parent/all").mapTo(sharing.window, QPoint(0, 0)).y()
    sharing.click(f"{GRID}/police/some")
    assert sharing.find(f"{GRID}/parent/all").mapTo(sharing.window, QPoint(0, 0)).y() > before
    sharing.click(f"{GRID}/police/all")
    assert sharing.find(f"{GRID}/parent/all").mapTo(sharing.window, QPoint(0, 0)).y() == before


def test_in_large_text_each_row_says_its_own_answers(sharing: Driven) -> None:
    sharing.look("light", 200)
    sharing.go("form", sharing.planted.interview_id, "sharing")

    assert not sharing.shows("consent/head/0")
    assert sharing.find(f"{GRID}/police/all").accessibleName() == "Yes, all of it"
