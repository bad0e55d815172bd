"""A new record is begun once, and a refusal leaves the page as it was."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from casework.errors import KnownError
from desktop.ui.background import Mutation
from tests.desktop.ui.conftest import Driven


def busy(driven: Driven) -> None:
    """A disk that takes its time over something else."""
    driven.shell.store.run(Mutation(lambda: time.sleep(0.3), lambda _: None, lambda _: None))


@pytest.mark.parametrize("line", ["need_to_know", "add-child"])
def test_pressed_twice_it_begins_one(driven: Driven, line: str) -> None:
    driven.go("new", driven.planted.child_id)
    vault = driven.shell.desk.vault
    before = {summary.record_id for summary in vault.summaries()}
    button = driven.find(f"new/{line}")
    assert isinstance(button, QAbstractButton)
    busy(driven)
    button.click()
    button.click()
    driven.settle()

    assert len({summary.record_id for summary in vault.summaries()} - before) == 1


def test_without_a_child_it_asks_for_one_and_then_begins(driven: Driven) -> None:
    driven.go("new")
    assert not driven.shows("new/need_to_know")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "new/name"
    driven.key(Qt.Key.Key_Return)
    assert driven.window.where == ("new", "", ""), "nobody was meant yet"
    driven.type("new/name", "hollo")
    driven.key(Qt.Key.Key_Return)
    assert driven.window.where == ("new", driven.planted.child_id, "")

    driven.click("new/need_to_know")
    assert driven.window.messages.history == []
    assert driven.shell.desk.vault.summaries(form_id="need_to_know")


def test_what_was_refused_can_be_asked_for_again(driven: Driven) -> None:
    asked: list[int] = []

    def full() -> None:
        asked.append(1)
        message = "The disk is full."
        raise KnownError(message)

    for _ in range(2):
        driven.shell.once(driven.window, full, lambda _: None)
        driven.settle()

    assert len(asked) == 2
    assert [message.title for message in driven.window.messages.history] == ["The disk is full."] * 2
