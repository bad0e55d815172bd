"""Work off the window's thread."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from casework.errors import BugError, KnownError
from desktop.ui.background import Background, Mutation


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    return Background("test")


def test_work_is_done_elsewhere_and_answered_here(background: Background) -> None:
    here = threading.get_ident()
    where: list[int] = []
    told: list[int] = []

    def work() -> None:
        where.append(threading.get_ident())

    def tell(_done: None) -> None:
        told.append(threading.get_ident())

    background.run(Mutation(work, tell, lambda _error: None))
    background.close()

    assert where[0] != here
    assert told == [here]


def test_what_is_given_first_is_done_first(background: Background) -> None:
    done: list[int] = []
    for number in range(50):
        background.run(Mutation(partial(done.append, number), lambda _: None, lambda _: None))
    background.close()

    assert done == list(range(50))


def test_a_known_error_is_handed_over(background: Background) -> None:
    said: list[str] = []

    def full() -> None:
        message = "The disk is full."
        raise KnownError(message)

    background.run(Mutation(full, lambda _: None, lambda error: said.append(str(error))))
    background.close()

    assert said == ["The disk is full."]


def test_our_own_fault_reaches_the_top(background: Background, qtbot: QtBot) -> None:
    """It is raised on the window's thread, not swallowed in the worker."""

    def wrong() -> None:
        raise BugError

    with qtbot.captureExceptions() as caught:
        background.run(Mutation(wrong, lambda _: None, lambda _: None))
        background.close()

    assert [kind for kind, _error, _trace in caught] == [BugError]


def test_a_screen_that_was_left_hears_nothing(background: Background) -> None:
    owner = QObject()
    heard: list[int] = []
    background.run(Mutation(lambda: 1, heard.append, lambda _: None, owner))
    delete(owner)
    background.close()

    assert heard == []


def test_a_worker_tells_how_far_it_is(background: Background) -> None:
    here, owner = threading.get_ident(), QObject()
    heard: list[tuple[int, int, int]] = []
    tell = background.channel(owner, lambda done, of: heard.append((done, of, threading.get_ident())))

    def work() -> None:
        for done in range(3):
            tell(done, 3)

    background.run(Mutation(work, lambda _: None, lambda _: None, owner))
    background.close()

    assert heard == [(0, 3, here), (1, 3, here), (2, 3, here)]


def test_work_goes_on_when_the_page_that_heard_of_it_is_gone(background: Background) -> None:
    """To tell nobody is no fault of the worker, which is not stopped by it."""
    owner, go_on = QObject(), threading.Event()
    heard: list[int] = []
    done: list[str] = []
    tell = background.channel(owner, heard.append)

    def work() -> None:
        go_on.wait(10)
        for number in range(30):
            tell(number)
        done.append("all")

    background.run(Mutation(work, lambda _: None, lambda _: None, owner))
    delete(owner)
    go_on.set()
    background.close()

    assert (heard, done) == ([], ["all"])


def test_a_failure_nobody_is_left_to_hear_is_told_to_whoever_is_there(background: Background) -> None:
    owner = QObject()
    said: list[str] = []
    background.unheard.connect(lambda error: said.append(str(error)))

    def full() -> None:
        message = "The disk is full."
        raise KnownError(message)

    background.run(Mutation(full, lambda _: None, lambda _: said.append("to its owner"), owner))
    delete(owner)
    background.close()

    assert said == ["The disk is full."]


def test_what_nobody_is_left_to_take_is_put_away(background: Background) -> None:
    """A store that was opened for a page that is gone, say, is closed again."""
    owner = QObject()
    put_away: list[int] = []
    background.run(Mutation(lambda: 7, lambda _: None, lambda _: None, owner, put_away.append))
    delete(owner)
    background.close()

    assert put_away == [7]
