"""What falls due is said while somebody is unlocked, and never while it is locked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer

from desktop.demo.walk.hand import pause
from desktop.flows.access.preferences import preferences
from desktop.flows.record import editing
from desktop.ui.reminding.reminder import LATE, Reminder
from tests.desktop.ui.conftest import Driven

TITLE = "A visit begins at 15:15"


@pytest.fixture
def visit(driven: Driven) -> str:
    """At a quarter past three, to be said at a quarter to."""
    known = {"at": "2026-03-27T15:15:00+00:00", "what": "Visit", "where": "6 Weir Lane"}
    return editing.new_record(driven.shell.desk, "appointment", driven.planted.child_id, known)


def watch(driven: Driven) -> Reminder:
    """The window's own, from an unlocking on."""
    driven.window.lock()
    driven.settle()
    driven.unlock()
    (reminder,) = driven.shell.findChildren(Reminder)
    return reminder


def said(driven: Driven) -> list[str]:
    return [message.title for message in driven.window.messages.history]


def comes_due(driven: Driven, reminder: Reminder, **later: float) -> None:
    """The clock goes to the moment; the timer, which waits by the wall, is let run out."""
    driven.clock.at = driven.clock.at.replace(hour=14, minute=45) + timedelta(**later)
    reminder.start(1)
    pause(30)
    driven.settle()


def test_it_is_said_once_and_in_time(driven: Driven, visit: str) -> None:
    reminder = watch(driven)
    waits = timedelta(milliseconds=reminder.remainingTime())
    assert timedelta(minutes=12) < waits < timedelta(minutes=14), "until a quarter to three"
    reminder.start(1)
    pause(30)
    driven.settle()
    assert TITLE not in said(driven), "woken too early, it looks again"
    comes_due(driven, reminder)
    comes_due(driven, reminder)

    assert said(driven).count(TITLE) == 1


def test_what_was_slept_through_is_left_to_today(driven: Driven, visit: str) -> None:
    comes_due(driven, watch(driven), seconds=LATE.total_seconds() + 1)

    assert TITLE not in said(driven)


def test_who_does_not_want_it_is_not_told(driven: Driven, visit: str) -> None:
    driven.go("settings")
    driven.click("settings/reminds")
    assert preferences(driven.shell.desk).reminds is False

    assert not watch(driven).isActive()


def test_nothing_is_said_once_it_is_locked(driven: Driven, visit: str) -> None:
    reminder = watch(driven)
    assert reminder.isActive()
    shell = driven.shell
    driven.window.lock()
    shell.saved.emit(driven.clock.at)  # what was typed last is on the disk only now
    assert not [timer for timer in (reminder, *reminder.findChildren(QTimer)) if timer.isActive()]
    driven.clock.at = driven.clock.at.replace(hour=14, minute=45)
    driven.settle()

    assert TITLE not in said(driven)
