"""Push and pull on the child's page: whose words each reason was, by mouse and by keys, from the right too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.ui.child.reasons_picture import ReasonsPicture
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look
from tests.desktop.flows.child.test_push_and_pull import interviewed, said
from tests.desktop.ui.conftest import Driven

DAYS = ("2026-02-03", "2026-02-19", "2026-03-14")


@pytest.fixture
def told(driven: Driven) -> Driven:
    """Three interviews: of the first a worker saw what the child did not say; the last gave no reason."""
    answers: tuple[dict[str, JSON], ...] = (
        {
            "push_factors": said(("not_listened_to", "child_said", "worker_view")),
            "pull_factors": said(("older_person", "worker_view")),
        },
        {
            "push_factors": said(("not_listened_to", "child_said"), ("bored", "adult_said")),
            "pull_factors": said(("friends", "child_said")),
        },
        {"push_factors": said(("not_said", "child_said"))},
    )
    for day, given in zip(DAYS, answers, strict=True):
        interviewed(driven.shell.desk, driven.planted.child_id, day, given)
    driven.go("child", driven.planted.child_id)
    return driven


def drawn(driven: Driven) -> ReasonsPicture:
    found = driven.find("child/reasons/picture")
    assert isinstance(found, ReasonsPicture)
    return found


def pictured(driven: Driven, name: str) -> None:
    driven.settle()
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))
        drawn(driven).grab().save(str(Path(folder) / f"{name}-only.png"))


def test_each_mark_says_whose_words_they_were_and_the_table_too(told: Driven) -> None:
    """By day: what the child said and what a worker thinks are two, also of one reason in one interview."""
    pictured(told, "reasons")
    assert [spot.words for spot in drawn(told).spots] == [
        "Getting away from, Not being listened to: Wren said, 3 February 2026",
        "Getting away from, Not being listened to: worker’s view, 3 February 2026",
        "Getting away from, Not being listened to: Wren said, 19 February 2026",
        "Getting away from, Being bored: an adult said, 19 February 2026",
        "Going towards, Friends: Wren said, 19 February 2026",
        "Going towards, Someone older: worker’s view, 3 February 2026",
    ]
    assert drawn(told).accessibleDescription() == ". ".join(spot.words for spot in drawn(told).spots)
    told.click("child/reasons/switch")
    table = told.find("child/reasons/table")
    assert isinstance(table, Table)
    assert [cell.text() for place in range(4) if (cell := table.item(1, place))] == [
        "Getting away from", "Not being listened to", "3 February 2026", "worker’s view",
    ]  # fmt: skip


def test_the_arrows_walk_through_them_and_enter_opens_its_interview(told: Driven) -> None:
    drawn(told).setFocus()
    for _ in range(4):
        told.key(Qt.Key.Key_Down)
    told.key(Qt.Key.Key_Return)

    opened = told.window.where.about
    view = editing.current_view(told.shell.desk, opened)
    assert str(view.answers()["started_at"]).startswith("2026-02-19")


@pytest.mark.parametrize("theme", ["light", "dark", "cream", "bright"])
def test_a_childs_words_and_an_adults_are_never_of_one_look(told: Driven, theme: str) -> None:
    """A child's mark is one warm colour through and through; an adult's is hatched, and has none of it."""
    told.look(theme, 100)
    pictured(told, f"reasons-{theme}")
    ground = drawn(told).grab().toImage()
    warm = look().colour("voice_edge").rgb()
    for spot in drawn(told).spots:
        box = spot.where.adjusted(2, 2, -2, -2).toRect()
        seen = {ground.pixel(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())}
        assert (seen == {warm}) if "Wren said" in spot.words else (warm not in seen and len(seen) > 1), spot.words


def test_from_the_right_it_is_turned_and_time_runs_the_other_way(told: Driven) -> None:
    """The marks lie where a mirror would show them, and the arrow that points to the next one leads there."""
    picture = drawn(told)
    before = [QRectF(spot.where) for spot in picture.spots]
    told.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    pictured(told, "reasons-from-right")
    wide = picture.width()
    picture.lay(wide)

    turned = [spot.where for spot in picture.spots]
    assert [round(wide - one.right()) for one in turned] == [round(one.left()) for one in before]
    picture.setFocus()
    told.key(Qt.Key.Key_Left)
    told.key(Qt.Key.Key_Return)
    assert told.window.where.place != "child", "the first of them is open"


def test_no_two_marks_meet_and_none_lies_outside(told: Driven) -> None:
    """However narrow, and with as many interviews as a child ever had."""
    for number in range(1, 13):
        given: dict[str, JSON] = {"push_factors": said(("lonely", "child_said", "adult_said", "worker_view"))}
        interviewed(told.shell.desk, told.planted.child_id, f"2025-{number:02}-11", given)
    told.go("children")
    told.go("child", told.planted.child_id)
    pictured(told, "reasons-many")
    for width in (320, 480, 730, 1100):
        drawn(told).lay(width)
        spots = [spot.where for spot in drawn(told).spots]
        assert len(spots) == 6 + 12 * 3
        assert not [(a, b) for n, a in enumerate(spots) for b in spots[n + 1 :] if a.intersects(b)], width
        assert all(one.left() >= 0 and one.right() <= width for one in spots), width


def test_at_200_per_cent_it_is_whole(told: Driven) -> None:
    told.window.resize(1280, 720)
    told.look("dark", 200)
    pictured(told, "reasons-200")
    assert drawn(told).height() >= drawn(told).heightForWidth(drawn(told).width())


def words_shown(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_a_sentence_stands_where_no_interview_gave_a_reason(driven: Driven) -> None:
    driven.go("child", driven.planted.child_id)
    assert "No interview is signed yet." in words_shown(driven)
    interviewed(
        driven.shell.desk, driven.planted.child_id, "2026-02-03", {"push_factors": said(("not_said", "child_said"))}
    )
    driven.go("children")
    driven.go("child", driven.planted.child_id)

    assert "No reason was given in 1 signed interview." in words_shown(driven)
    assert not driven.window.findChildren(QWidget, "child/reasons/picture")
