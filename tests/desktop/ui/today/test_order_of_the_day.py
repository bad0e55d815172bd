"""The order of the day: what has a time today comes first, with its place; why something is due is told on demand."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.ui.kit.basics.buttons import Link
from tests.desktop.ui.conftest import Driven


def top(driven: Driven, widget: QWidget) -> int:
    return widget.mapTo(driven.window, QPoint(0, 0)).y()


def said(driven: Driven, words: str) -> QLabel:
    return next(one for one in driven.window.findChildren(QLabel) if one.isVisible() and one.text() == words)


def arrange(driven: Driven, at: str, where: str) -> str:
    known: dict[str, JSON] = {"at": at, "what": "Visit", "where": where}
    return editing.new_record(driven.shell.desk, "appointment", driven.planted.child_id, known)


def test_what_has_a_time_today_stands_before_what_is_due_and_the_rest_after_it(driven: Driven) -> None:
    later = arrange(driven, "2026-03-30T10:00:00+01:00", "6 Weir Lane")
    second = arrange(driven, "2026-03-27T16:30:00+00:00", "Larkfield House")
    first = arrange(driven, "2026-03-27T15:15:00+00:00", "The library")
    driven.go("today")
    due = top(driven, driven.find("today/due/aside"))

    assert top(driven, driven.find(f"today/before/{first}")) < top(driven, driven.find(f"today/before/{second}")) < due
    assert due < top(driven, driven.find(f"today/before/{later}"))
    assert top(driven, said(driven, "The library")) < due
    assert said(driven, "Today\n15:15")


def test_by_which_rule_is_said_when_somebody_asks(driven: Driven) -> None:
    driven.go("today")
    whys = [one for one in driven.window.findChildren(Link) if one.objectName().startswith("today/why/")]
    assert whys
    why = whys[0]
    name = why.objectName().replace("/why/", "/because/")
    assert not driven.shows(name)
    driven.click(why.objectName())
    because = driven.find(name)
    assert isinstance(because, QLabel)
    assert because.text().startswith("Rule: ")
    driven.click(why.objectName())
    assert not driven.shows(name)
