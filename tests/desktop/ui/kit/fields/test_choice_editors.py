"""Many answers on the real page: in columns, each way not to answer once, and who said what."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven

PUSH = "f/push_factors"


@pytest.fixture
def why(driven: Driven) -> Driven:
    driven.window.resize(1366, 690)
    driven.go("form", driven.planted.interview_id, "why")
    return driven


def boxes(driven: Driven, question: str) -> list[QCheckBox]:
    """As they are listed; what stands beside the question's words is not among them."""
    asked = editing.open_record(driven.shell.desk, driven.planted.interview_id).definition.question(question)
    listed = [option.code for option in asked.options if option.code not in asked.none_allowed]
    found = [driven.find(f"f/{question}/{code}") for code in listed]
    return [box for box in found if isinstance(box, QCheckBox)]


def place(driven: Driven, widget: QWidget) -> QPoint:
    return widget.mapTo(driven.window, QPoint(0, 0))


def answer(driven: Driven, question: str) -> object:
    driven.autosaved()
    return editing.open_record(driven.shell.desk, driven.planted.interview_id).answers.get(question)


def test_options_stand_in_columns_and_tab_goes_down_each(why: Driven) -> None:
    every = boxes(why, "push_factors")
    lefts = [place(why, box).x() for box in every]
    assert len(set(lefts)) > 1
    assert lefts == sorted(lefts)  # down the first, then the next
    assert all(
        place(why, a).y() < place(why, b).y() for a, b in pairwise(every) if place(why, a).x() == place(why, b).x()
    )

    every[0].setFocus(Qt.FocusReason.TabFocusReason)
    for box in every[1:]:
        why.key(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is box


def test_no_option_is_cut_and_large_text_has_one_column(why: Driven) -> None:
    for box in boxes(why, "push_factors"):
        assert box.height() >= box.heightForWidth(box.width())

    why.look("light", 200)
    assert len({place(why, box).x() for box in boxes(why, "push_factors")}) == 1


def test_columns_are_mirrored_where_one_reads_from_the_right(why: Driven) -> None:
    before = [place(why, box).x() for box in boxes(why, "push_factors")]
    why.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    why.settle()
    rights = [place(why, box).x() + box.width() for box in boxes(why, "push_factors")]

    assert len(set(rights)) == len(set(before))
    assert rights == sorted(rights, reverse=True)


def test_a_way_not_to_answer_stands_once_beside_the_words(why: Driven) -> None:
    """The option of the question's own is the one that stays, and is kept as ever."""
    assert not why.shows(f"{PUSH}/none/not_said")
    tick, other, first = why.find(f"{PUSH}/not_said"), why.find(f"{PUSH}/none/not_asked"), boxes(why, "push_factors")[0]
    assert place(why, tick).y() < place(why, first).y()
    assert abs(place(why, tick).y() - place(why, other).y()) < tick.height()

    why.click(f"{PUSH}/bullying")
    why.click(f"{PUSH}/not_said")
    assert answer(why, "push_factors") == [{"code": "not_said", "said_by": ["child_said"]}]
    why.click(f"{PUSH}/none/not_asked")
    assert answer(why, "push_factors") == {"none": "not_asked"}
    why.click(f"{PUSH}/not_said")
    assert answer(why, "push_factors") is None  # it was under the other tick, and was taken away
    why.click(f"{PUSH}/lonely")
    assert answer(why, "push_factors") == [{"code": "lonely", "said_by": ["child_said"]}]


def test_a_record_that_said_it_by_the_tick_of_old_opens_with_it(driven: Driven) -> None:
    """And keeps what it says until somebody answers anew."""
    interview = driven.planted.interview_id
    editing.answer(driven.shell.desk, interview, {"pull_factors": {"none": "not_said"}})
    driven.go("form", interview, "why")
    tick = driven.find("f/pull_factors/not_said")
    assert isinstance(tick, QCheckBox)
    assert tick.isChecked()
    assert answer(driven, "pull_factors") == {"none": "not_said"}

    driven.click("f/pull_factors/friends")
    assert not tick.isChecked()
    assert answer(driven, "pull_factors") == [{"code": "friends", "said_by": ["child_said"]}]


def test_who_said_it_is_asked_of_each_that_is_ticked(why: Driven) -> None:
    """Under the list, in its order, whichever was ticked first."""
    why.click(f"{PUSH}/lonely")
    why.click(f"{PUSH}/bullying")
    why.click(f"{PUSH}/lonely/worker_view")

    assert answer(why, "push_factors") == [
        {"code": "bullying", "said_by": ["child_said"]},
        {"code": "lonely", "said_by": ["child_said", "worker_view"]},
    ]
    lines = [why.find(f"{PUSH}/{code}/said") for code in ("bullying", "lonely")]
    assert place(why, lines[0]).y() < place(why, lines[1]).y()
    why.click(f"{PUSH}/bullying")
    assert not why.shows(f"{PUSH}/bullying/said")
