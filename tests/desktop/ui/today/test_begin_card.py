"""An empty day says what one would do then, and each of it leads on by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven

ACTS = ("add-child", "new-record", "join", "practise")


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def test_the_first_act_has_the_keyboard_and_begins_a_child(unjoined: Driven) -> None:
    assert [act for act in ACTS if not unjoined.shows(f"today/begin/{act}")] == []
    assert focused() == "today/begin/add-child"
    unjoined.key(Qt.Key.Key_Return)

    assert unjoined.window.where.place == "form"
    assert unjoined.shell.desk.vault.view(unjoined.window.where.about).form_id == "child"


@pytest.mark.parametrize(("act", "place"), [("new-record", "new"), ("join", "join"), ("practise", "join")])
def test_each_leads_on(unjoined: Driven, act: str, place: str) -> None:
    unjoined.click(f"today/begin/{act}")
    assert unjoined.window.where.place == place


def test_a_new_record_without_children_begins_with_one(unjoined: Driven) -> None:
    unjoined.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert focused() == "new/add-child"
    assert unjoined.window.messages.history == []


def test_whoever_has_joined_is_not_asked_to(driven: Driven) -> None:
    for shown in ("today/join", "today/begin/join"):
        assert not driven.shows(shown)


def test_with_something_on_the_day_it_is_not_shown(unjoined: Driven) -> None:
    desk = unjoined.shell.desk
    child = editing.new_record(desk, "child", "", {"given_name": "Wren"})
    editing.new_record(desk, "missing_episode", child, {"last_seen_at": "2026-03-26T11:25:00+00:00"})
    unjoined.go("today")

    assert not unjoined.shows("today/begin/add-child")
    assert unjoined.shows("today/join")
