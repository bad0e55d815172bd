"""The rail: lines of one height, whole words, and the state said to whoever cannot see it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.flows.record import editing
from desktop.ui.theme import look
from tests.desktop.ui.conftest import Driven


@pytest.mark.parametrize("percent", [100, 125])
@pytest.mark.parametrize("form", ["return_home_interview", "find_me_plan", "safe_well_visit", "ehe_visit"])
def test_every_section_has_a_line_of_one_height_in_which_its_title_is_whole(
    driven: Driven, form: str, percent: int
) -> None:
    """Two lines of smaller words where one is too long for it."""
    driven.look("light", percent)
    driven.go("form", editing.new_record(driven.shell.desk, form, driven.planted.child_id))
    lines = [w for w in driven.find("rail").findChildren(QAbstractButton) if w.isVisible()]
    tops = [line.mapTo(driven.window, QPoint(0, 0)).y() for line in lines]

    assert {line.height() for line in lines} == {look().px(40)}
    assert {after - before for before, after in pairwise(tops)} == {look().px(40)}
    small = QFontMetrics(look().font("caption_strong"))
    room = lines[0].width() - 24 - look().px(20) - 8
    assert [line.text() for line in lines if small.horizontalAdvance(line.text()) > 1.8 * room] == []


def test_done_is_said_by_name_whether_there_is_room_for_it_or_not(driven: Driven) -> None:
    interview = driven.planted.interview_id
    editing.answer(driven.shell.desk, interview, {"places_none": "not_asked", "people_none": "alone"})
    driven.go("form", interview, "episode")

    assert driven.find("rail/places_people", QWidget).accessibleName() == "6 Places and people, Done"
