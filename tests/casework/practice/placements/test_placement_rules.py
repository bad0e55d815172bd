"""Which council must hear of a move, and whose child it is (F11, S4 ¶77–79)."""

from __future__ import annotations

from datetime import date

import pytest

from casework.practice.lives.states import Answers
from casework.practice.placements.placement_rules import (
    Hears,
    Lives,
    councils_told_by,
    must_hear,
    placed,
    still_to_tell,
)
from tests.casework.practice.council import rotherham

COUNCIL = rotherham()

OURS: Answers = {"care_status": "lac"}
THEIRS: Answers = {"care_status": "lac", "other_la": True, "responsible_la": "Sheffield City Council"}


@pytest.mark.parametrize(
    ("child", "move", "lives", "council"),
    [
        (OURS, {}, Lives.AT_HOME, ""),
        (OURS, {"host_la": "Rotherham"}, Lives.AT_HOME, ""),
        (OURS, {"host_la": "Leeds City Council"}, Lives.ELSEWHERE, "Leeds City Council"),
        (THEIRS, {}, Lives.ANOTHERS, "Sheffield City Council"),
        ({**THEIRS, "responsible_la": ""}, {}, Lives.ANOTHERS, ""),
        ({**THEIRS, "other_la": False}, {}, Lives.AT_HOME, ""),
        (OURS, {"responsible_la": "Barnsley"}, Lives.ANOTHERS, "Barnsley"),
    ],
)
def test_whose_child_lives_where(child: Answers, move: Answers, lives: Lives, council: str) -> None:
    """An empty council is ours, and so is our own by its name."""
    assert placed(child, move, COUNCIL) == (lives, council)


def test_the_council_whose_area_it_is_hears_and_so_does_the_one_that_was_left() -> None:
    move = {"host_la": "Leeds City Council", "from_la": "Doncaster"}

    assert [(one.council, one.why) for one in must_hear(OURS, move, COUNCIL)] == [
        ("Leeds City Council", Hears.LIVES_THERE),
        ("Doncaster", Hears.LEFT),
    ]
    assert [one.council for one in must_hear(OURS, {**move, "from_la": "leeds city council"}, COUNCIL)] == [
        "Leeds City Council"
    ]


def test_another_councils_child_is_told_of_to_that_council_alone() -> None:
    found = must_hear(THEIRS, {"host_la": "Leeds City Council", "from_la": "Doncaster"}, COUNCIL)

    assert [(one.council, one.why) for one in found] == [("Sheffield City Council", Hears.RESPONSIBLE)]


def test_a_council_that_was_told_or_need_not_be_is_not_asked_for() -> None:
    move: Answers = {"host_la": "Leeds City Council"}
    told = {**move, "councils_told": [{"council": "leeds city council ", "on": "2026-03-20"}]}
    waived = {**move, "not_told_why": "Leeds placed her itself.", "not_told_by": "Tom Applegarth"}

    assert [one.told_on for one in must_hear(OURS, told, COUNCIL)] == [date(2026, 3, 20)]
    assert still_to_tell(OURS, told, COUNCIL) == still_to_tell(OURS, waived, COUNCIL) == []
    assert still_to_tell(OURS, {**waived, "not_told_by": ""}, COUNCIL), "who decided is part of it (F2)"


def test_five_working_days_over_easter() -> None:
    assert councils_told_by(date(2026, 4, 1), COUNCIL).due == date(2026, 4, 10)
