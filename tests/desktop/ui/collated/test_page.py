"""Themes in the real window, of a laptop that has joined: bars, what is behind one, the table, the group's report."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.practice.groups.group_table import GroupKind
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.groups.meeting_list import meeting_of
from desktop.flows.groups.minutes import keep_agenda
from desktop.flows.groups.minutes_paper import MinutesCopy, print_minutes
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.table import Table
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council, running
from tests.desktop.documents.conformance import conformance, text_of
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.joined_window import joined_window

CHILDREN = ("Ada Mary Quill", "Øyvind Brandt", "Nasrin Akhtar", "Tomos ap Rhys", "Ifeoma Nwosu", "王 小明")


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        yield found


@pytest.fixture
def manager(council: Council, tmp_path: Path, qtbot: QtBot) -> Iterator[Driven]:
    council.officer("dana", "missing_manager")
    with joined_window(council, tmp_path / "home", qtbot, "dana", planted) as found:
        yield found


def planted(desk: Desk) -> None:
    for place, name in enumerate(CHILDREN):
        interviewed(desk, name, place)


def interviewed(desk: Desk, name: str, place: int) -> None:
    """Six said they were bored, one of them also that nobody listens; all six were at the bus station."""
    given, family = name.split(" ", 1)
    child = editing.new_record(desk, "child", "", {"given_name": given, "family_name": family})
    day = f"2026-02-{place + 2:02}"
    times: dict[str, JSON] = {"last_seen_at": f"{day}T01:00:00+00:00", "found_at": f"{day}T09:00:00+00:00"}
    episode = editing.new_record(desk, "missing_episode", child, {**times, "outcome": "real"})
    reasons: list[JSON] = [{"code": "bored", "said_by": ["child_said"]}]
    if place == 0:
        reasons.append({"code": "not_listened_to", "said_by": ["child_said"]})
    answers: dict[str, JSON] = {
        "episode_id": episode,
        "offer_decision": "yes",
        "offers": [{"at": f"{day}T10:00:00+00:00", "reply": "accepted"}],
        "started_at": f"{day}T15:00:00+00:00",
        "push_factors": reasons,
        "main_reason": "Nobody does anything with me." if place else "Nobody listens, they just write.",
        "places": [{"name": "Bus station"}],
    }
    interview = editing.new_record(desk, "return_home_interview", child, answers)
    signing.lock_record(desk, interview, name="Dana", ink=None)


def pictured(driven: Driven, name: str) -> str:
    driven.settle()
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def rows(driven: Driven, name: str) -> list[list[str]]:
    table = driven.find(name)
    assert isinstance(table, Table)
    cells = [[table.item(row, place) for place in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in line] for line in cells]


def test_a_bar_lists_its_interviews_and_a_line_opens_one(manager: Driven) -> None:
    manager.click("place/team")
    manager.click("team/themes")
    said = pictured(manager, "themes")
    assert "6 signed interviews with 6 children, January to February 2026." in said
    picture = manager.find("themes/push_factors/drawn")
    picture.setFocus()
    for _ in range(2):  # the second bar
        manager.key(Qt.Key.Key_Down)
    manager.key(Qt.Key.Key_Return)
    pictured(manager, "themes-behind")
    assert rows(manager, "themes/behind") == [["Ada Mary Quill", "2 February 2026", "Nobody listens, they just write."]]
    manager.look("dark", 200)
    pictured(manager, "themes-dark-200")
    manager.look("light", 100)

    manager.click("themes/push_factors/switch")
    assert rows(manager, "themes/push_factors/table")[0] == ["Being bored", "6", "children 6", "0", "6"]
    shared = manager.find("themes/places/table")
    assert rows(manager, "themes/places/table") == [["Bus station", "6", "6", "7 February 2026"]]
    assert isinstance(shared, Table)
    shared.setCurrentCell(0, 0)
    QTest.keyClick(shared, Qt.Key.Key_Return)
    manager.settle()
    assert len(rows(manager, "themes/behind")) == 6
    behind = manager.find("themes/behind")
    behind.setFocus()
    QTest.keyClick(behind, Qt.Key.Key_Return)
    manager.settle()
    desk = manager.shell.desk
    assert desk.vault.view(manager.window.where.about).form_id == "return_home_interview"


def test_the_report_names_nobody_hides_what_is_small_and_is_signed(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "themes.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    manager.go("team")
    manager.go("themes")
    manager.click("themes/pdf")
    manager.qtbot.waitUntil(file.exists, timeout=20_000)
    manager.settle()

    words = text_of(file)
    assert "What children said, January to February 2026" in words
    assert "Being bored 6" in words
    assert "Not being listened to hidden" in words
    assert not [name for child in CHILDREN for name in child.split() if f" {name} " in words]
    assert "Bus station" not in words
    assert "listens" not in words
    checked = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in checked.stdout
    assert conformance(file) == ["PASS 3a", "PASS ua1"]
    if folder := os.environ.get("PICTURES"):
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(file), str(Path(folder) / "themes-paper")], check=True)


def test_an_empty_period_says_what_to_do(manager: Driven) -> None:
    manager.go("themes")
    box = manager.find("themes/period")
    assert isinstance(box, DropDown)
    box.put("2026-03-01/2026-03-27")
    box.activated.emit(box.currentIndex())
    manager.settle()
    assert "No signed interview of this period is on this laptop." in pictured(manager, "themes-empty")


def test_a_meeting_of_the_group_opens_them_with_its_period_and_names_the_report(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the day of the meeting before; the minutes name the paper once, on the page, on paper and for a program."""
    desk = manager.shell.desk
    meeting = keep_agenda(desk, GroupKind.STRATEGIC)
    begun = meeting_of(desk, meeting)
    assert begun.since is not None
    manager.go("meeting", meeting)
    manager.click("meeting/themes")
    pictured(manager, "themes-for-meeting")
    period = manager.find("themes/period")
    assert isinstance(period, DropDown)
    last = begun.on - timedelta(days=1)
    assert period.code() == f"{begun.since.isoformat()}/{last.isoformat()}"
    to = tmp_path / "themes.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(to), ""))
    manager.click("themes/pdf")
    manager.qtbot.waitUntil(lambda: bool(meeting_of(desk, meeting).papers))
    title = f"What children said, {day(begun.since)} to {day(last)}"
    assert title in text_of(to)
    again = parse_arguments(["themes", "--meeting", meeting, "--pdf", str(tmp_path / "again.pdf")])
    DEEDS["themes"](again, desk)
    assert meeting_of(desk, meeting).papers == (title,)

    manager.go("meeting", meeting)
    assert f"Papers: {title}" in pictured(manager, "meeting-with-paper")
    values, _said = DEEDS["minutes"](parse_arguments(["minutes", meeting, "--json"]), desk)
    assert isinstance(values, dict)
    assert values["papers"] == [title]
    print_minutes(desk, meeting, tmp_path / "minutes.pdf", MinutesCopy.GROUP)
    assert title in " ".join(text_of(tmp_path / "minutes.pdf").split())
