"""Start and finish of one meeting on one line: a day typed once, and two whole times kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from casework.dates_in_words import MONTHS
from desktop.flows.record import editing
from desktop.ui.form.meeting_times import how_long
from tests.desktop.ui.conftest import Driven


@pytest.fixture
def meeting(driven: Driven) -> Driven:
    driven.window.resize(1366, 690)
    driven.go("form", driven.planted.interview_id, "meeting")
    return driven


def put(driven: Driven, name: str, words: str) -> None:
    box = driven.find(name)
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, words)


def kept(driven: Driven, *names: str) -> list[object]:
    driven.autosaved()
    answers = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers
    return [answers.get(name) for name in names]


def words(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_the_day_is_typed_once_and_both_are_kept_whole(meeting: Driven) -> None:
    put(meeting, "f/started_at/day", "26/3/2026")
    put(meeting, "f/started_at/time", "15:18")
    assert not meeting.shows("f/ended_at/day")
    put(meeting, "f/ended_at/time", "15:56")

    assert kept(meeting, "started_at", "ended_at") == ["2026-03-26T15:18:00+00:00", "2026-03-26T15:56:00+00:00"]
    assert words(meeting, "f/started_at/long") == "38 minutes"
    tops = [meeting.find(f"f/{one}/time").mapTo(meeting.window, QPoint(0, 0)).y() for one in ("started_at", "ended_at")]
    assert tops[0] == tops[1]


def test_another_day_for_the_first_is_another_for_the_second(meeting: Driven) -> None:
    """Once it is whole; half of it changes nothing."""
    for name, typed in (("started_at/day", "26/3/2026"), ("started_at/time", "15:18"), ("ended_at/time", "15:56")):
        put(meeting, f"f/{name}", typed)
    put(meeting, "f/started_at/day", "2")
    assert kept(meeting, "ended_at") == ["2026-03-02T15:56:00+00:00"]
    put(meeting, "f/started_at/month", "")
    QTest.keyClick(meeting.find("f/started_at/month"), Qt.Key.Key_Backspace)
    assert kept(meeting, "ended_at") == ["2026-03-02T15:56:00+00:00"]


def test_a_finish_on_another_day_is_typed_and_shown_so(meeting: Driven) -> None:
    for name, typed in (("started_at/day", "25/3/2026"), ("started_at/time", "23:40"), ("ended_at/time", "00:20")):
        put(meeting, f"f/{name}", typed)
    meeting.click("f/ended_at/other-day")
    assert QApplication.focusWidget() is meeting.find("f/ended_at/day")
    put(meeting, "f/ended_at/day", "26")
    assert kept(meeting, "ended_at") == ["2026-03-26T00:20:00+00:00"]
    assert words(meeting, "f/started_at/long") == "40 minutes"

    put(meeting, "f/started_at/day", "24")
    meeting.go("form", meeting.planted.interview_id, "meeting")
    assert meeting.shows("f/ended_at/day")
    assert kept(meeting, "ended_at") == ["2026-03-26T00:20:00+00:00"]


def test_today_and_now_are_put_in_by_one_press(meeting: Driven) -> None:
    """In a box that holds the longest month."""
    meeting.click("f/started_at/now")
    meeting.click("f/ended_at/now")
    now = meeting.clock().isoformat(timespec="minutes")
    assert [str(value)[:16] for value in kept(meeting, "started_at", "ended_at")] == [now[:16]] * 2
    month = meeting.find("f/started_at/month")
    assert isinstance(month, QLineEdit)
    assert month.text() == MONTHS[meeting.clock().month - 1]
    room = QFontMetrics(month.font())
    assert max(room.horizontalAdvance(name) for name in MONTHS) < month.width() - 20
    put(meeting, "f/started_at/day", "1/2/2026")
    meeting.click("f/started_at/today")
    assert str(kept(meeting, "started_at")[0])[:16] == now[:16]


def test_how_long_is_said_in_words() -> None:
    assert how_long(timedelta(minutes=65)) == "1 hour 5 minutes"
    assert how_long(timedelta(hours=2)) == "2 hours"


def test_taking_back_takes_the_second_day_with_it(meeting: Driven) -> None:
    for name, typed in (("started_at/day", "26/3/2026"), ("started_at/time", "15:18"), ("ended_at/time", "15:56")):
        put(meeting, f"f/{name}", typed)
    put(meeting, "f/started_at/day", "25")
    for _ in range(4):
        meeting.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        began, ended = kept(meeting, "started_at", "ended_at")
        if ended is not None and began is not None:
            assert meeting.shows("f/ended_at/day") is (str(began)[:10] != str(ended)[:10])
