"""What is loaded while a passphrase is typed: on a cold disk it takes seconds, and Today must not wait for it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from casework.practice.calendar import bank_holidays
from desktop.ui.window import MainWindow
from tests.desktop.ui.conftest import Driven


def test_the_days_that_count_are_there_before_anybody_unlocks(locked: Driven, qtbot: QtBot) -> None:
    bank_holidays.cache_clear()
    again = MainWindow(locked.gate)
    qtbot.addWidget(again)
    again.show()

    qtbot.waitUntil(lambda: bank_holidays.cache_info().currsize == 1)

    again.close()
