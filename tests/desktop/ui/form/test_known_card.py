"""Beside the names of a child who is being added stands the child who may be the same."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven


def test_a_child_who_is_here_already_is_named_beside_the_names(driven: Driven) -> None:
    """By a spelling that is nearly so; the way to look is one press, and nothing is stopped."""
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", "", {"given_name": "Ren", "date_of_birth": "2011-06-09"})
    editing.answer(desk, child, {"given_name": "Wrenn", "family_name": "Hollowbey"})
    driven.go("form", child, "who")
    driven.settle()
    line = driven.find("known/0/line", QLabel)

    assert isinstance(line, QLabel)
    assert line.text() == "Wren Hollowby. Born 9 June 2011. Is this the same child?"
    driven.click("known/0")
    screen = driven.window.frame.screen_shown if driven.window.frame else None
    assert getattr(screen, "record_id", "") == driven.planted.child_id


def test_another_child_brings_no_such_card(driven: Driven) -> None:
    child = editing.new_record(driven.shell.desk, "child", "", {"given_name": "Robin", "family_name": "Ash"})
    driven.go("form", child, "who")
    driven.settle()

    assert not driven.shows("known")
