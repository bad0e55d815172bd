"""The collector runs after something was done, and nothing wakes the program while nobody does anything, but for the
guard, which looks every five seconds whether the laptop has slept (`away/guard.py`; it belongs to no window)."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import pause
from desktop.ui.app import application
from desktop.ui.collecting import AFTER_MS, Collector, loading
from tests.desktop.ui.conftest import Driven

MINUTE_MS = 60_000  # how often a clock may tick


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.end = self


def awake() -> list[str]:
    """The timers that run, oftener than a clock does."""
    app = QApplication.instance()
    assert app is not None
    every = [*app.findChildren(QTimer), *(timer for top in QApplication.topLevelWidgets() for timer in _of(top))]
    return [f"{one.parent()}: {one.interval()} ms" for one in every if one.isActive() and one.interval() < MINUTE_MS]


def _of(top: object) -> list[QTimer]:
    return top.findChildren(QTimer)  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("place", ["today", "children", "form", "sending", "groups", "find"])
def test_nothing_runs_while_nobody_does_anything(driven: Driven, place: str) -> None:
    driven.go(place, driven.planted.interview_id if place == "form" else "")
    driven.autosaved()
    pause(3 * AFTER_MS)
    assert awake() == []


def test_what_hangs_in_circles_is_taken_away_soon_after(driven: Driven) -> None:
    driven.settle()
    gc.collect()
    rings: list[list[object]] = [[] for _ in range(gc.get_threshold()[0] + 1)]
    for ring in rings:
        ring.append(ring)
    del rings, ring
    assert gc.get_count()[0] > gc.get_threshold()[0]

    pause(3 * AFTER_MS)

    assert gc.get_count()[0] < gc.get_threshold()[0]


def test_nothing_is_looked_through_while_modules_come_and_again_once_they_have(qtbot: QtBot) -> None:
    collector = application().property("collector")
    assert isinstance(collector, Collector)
    knot = weakref.ref(Knot())
    kept: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 1)]

    with loading():
        collector.look()
        assert knot() is not None
    collector.look()

    assert knot() is None
    assert kept
