"""Settings says when the council's file holds few school days, since counts beyond them cannot be relied on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLabel

from casework.dates_in_words import LONDON
from tests.desktop.ui.conftest import Driven


def warned(driven: Driven) -> bool:
    driven.go("settings")
    return any("holds only" in found.text() for found in driven.window.findChildren(QLabel))


def test_it_warns_only_while_few_school_days_are_left(driven: Driven) -> None:
    """Locked while the months pass: a window open that long would lock itself, between any two steps of this test."""
    before = warned(driven)
    driven.window.lock()
    driven.settle()
    driven.clock.at = datetime(2026, 12, 1, 9, 0, tzinfo=LONDON)
    driven.unlock()

    assert (before, warned(driven)) == (False, True)
