"""The child's page in the window: pictures and their tables hold the same, and all of it by keyboard."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from casework.canonical import JSON
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.picture import Picture
from desktop.ui.kit.basics.table import Table
from tests.desktop.flows.child.test_push_and_pull import interviewed
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_access import cut_in, spoken, stops

SAID: tuple[tuple[str, JSON, JSON], ...] = (
    (
        "2026-03-01",
        [{"code": "not_listened_to", "said_by": ["child_said", "worker_view"]}],
        [{"code": "older_person", "said_by": ["worker_view"]}, {"code": "friends", "said_by": ["child_said"]}],
    ),
    (
        "2026-03-14",
        [{"code": "not_listened_to", "said_by": ["child_said"]}, {"code": "bored", "said_by": ["adult_said"]}],
        [{"code": "friends", "said_by": ["child_said"]}],
    ),
)


@pytest.fixture
def rich(driven: Driven) -> Driven:
    """Three episodes in four weeks, an agreed plan with people, and something that goes well."""
    desk, who = driven.shell.desk, driven.planted.child_id
    known = {
        "adults": [{"name": "Mum, Carla", "strength": "strained"}, {"name": "Nan", "strength": "strong"}],
        "going_well": [
            {"what": "Joined boxing club", "from": "2026-02-14"},
            {"what": "Full days at school", "from": "2026-03-09", "goes_on": True},
        ],
        "best_way_to_talk": "Text first, then a walk.",
    }
    editing.answer(desk, who, known)  # type: ignore[arg-type]
    for day in ("2026-02-28", "2026-03-13"):
        times = {"last_seen_at": f"{day}T16:00:00+00:00", "found_at": f"{day}T21:00:00+00:00"}
        editing.new_record(desk, "missing_episode", who, times)
    then = back_then(desk, datetime.fromisoformat("2026-03-17T10:00:00+00:00"))
    people = [
        {"name": "Tay", "tie": "friend", "strength": "weak"},
        {"name": "Dex", "tie": "older_friend", "strength": "growing"},
        {"name": "Man, grey car", "tie": "stranger", "concern": "high"},
        {"name": "Someone new"},
    ]
    for day, push, pull in SAID:
        interviewed(desk, who, day, {"push_factors": push, "pull_factors": pull})
    plan = editing.new_record(then, "find_me_plan", who, {"looks": "Brown hair", "associates": people})
    signing.lock_record(then, plan, name="Nadia Brightwater", ink=None)
    driven.go("child", who)
    return driven


def picture(driven: Driven, name: str) -> Picture:
    found = driven.find(f"child/{name}/picture")
    assert isinstance(found, Picture)
    return found


@pytest.mark.parametrize(("name", "items"), [("timeline", 10), ("people", 6), ("reasons", 7)])
def test_each_picture_has_a_table_of_the_same_items(rich: Driven, name: str, items: int) -> None:
    """Check 24: one row an item; the button has the keyboard's name for it, and takes the picture's place."""
    drawn = picture(rich, name)
    assert len(drawn.spots) == items
    driven_words = [spot.words for spot in drawn.spots]
    rich.click(f"child/{name}/switch")
    table = rich.find(f"child/{name}/table")

    assert isinstance(table, Table)
    assert table.rowCount() == items
    assert not drawn.isVisible()
    assert rich.window.focusWidget() is table
    cells = [table.item(row, column).text() for row in range(items) for column in range(table.columnCount())]
    assert all(any(words.split(",")[0].split(":")[0] in cell for cell in cells) for words in driven_words)
    rich.click(f"child/{name}/switch")
    assert drawn.isVisible()


@pytest.mark.parametrize("name", ["timeline", "people", "reasons"])
def test_a_picture_says_in_words_what_it_shows(rich: Driven, name: str) -> None:
    drawn = picture(rich, name)

    assert spoken(drawn)
    assert drawn.accessibleDescription().count(". ") == len(drawn.spots) - 1 or name == "people"
    assert drawn.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_arrow_keys_walk_through_the_timeline_and_enter_opens(rich: Driven) -> None:
    drawn = picture(rich, "timeline")
    drawn.setFocus()
    rich.key(Qt.Key.Key_Right)
    rich.key(Qt.Key.Key_Return)

    assert rich.window.frame is not None
    assert rich.window.frame.screen_shown.title() == "Missing episode"


def test_no_two_marks_lie_over_one_another(rich: Driven) -> None:
    """At any width: a lane grows by a line before words would cross."""
    drawn = picture(rich, "timeline")
    for width in (320, 480, 730, 1100):
        drawn.lay(width)
        spots = [spot.where for spot in drawn.spots]
        crossed = [(a, b) for n, a in enumerate(spots) for b in spots[n + 1 :] if a.intersects(b)]

        assert crossed == [], width


def test_the_banner_records_the_decision(rich: Driven) -> None:
    rich.click(next(w.objectName() for w in stops(rich.window) if w.objectName().startswith("child/matter/strategy")))

    meetings = rich.shell.desk.vault.summaries(form_id="strategy_meeting")
    assert len(meetings) == 1
    assert meetings[0].answers["trigger"] == ["3_in_28_days"]


def test_each_test_is_shown_on_demand(rich: Driven) -> None:
    assert not rich.shows("child/tests/table")
    rich.click("child/tests")
    table = rich.find("child/tests/table")

    assert isinstance(table, Table)
    assert table.rowCount() == 7


def test_all_records_come_out_on_demand(rich: Driven) -> None:
    def entries() -> list[QWidget]:
        return [w for w in stops(rich.window) if w.objectName().startswith("child/record/")]

    assert len(entries()) == 4
    rich.click("child/records/all")
    assert len(entries()) == 7


@pytest.mark.parametrize("theme", ["light", "dark", "cream", "bright", "system"])
def test_the_rich_page_is_whole_at_200_per_cent_in_every_theme(rich: Driven, theme: str) -> None:
    """One column, nothing cut, nothing sideways; tables too."""
    rich.window.resize(1280, 720)
    rich.look(theme, 200)
    for name in (
        "child/timeline/switch",
        "child/people/switch",
        "child/reasons/switch",
        "child/tests",
        "child/records/all",
    ):
        assert list(cut_in(rich.window)) == [], name
        rich.click(name)

    assert list(cut_in(rich.window)) == []
    assert [w.objectName() for w in stops(rich.window) if not spoken(w)] == []
    assert rich.find("child/timeline/switch").mapTo(rich.window, rich.find("child/facts").pos()).x() >= 0
    cards = [card for card in rich.find("child").findChildren(Card) if card.isVisible() and card.title is not None]
    assert len({card.mapTo(rich.window, card.rect().topLeft()).x() for card in cards}) == 1


def test_the_find_me_card_opens_from_the_page_and_leads_to_the_plan(rich: Driven) -> None:
    rich.click("child/find_me")
    words = " ".join(w.text() for w in rich.window.findChildren(QLabel) if w.isVisible())

    assert "Find Me card, Wren Hollowby, 14" in words
    assert "Brown hair" in words
    assert "due for review" in words
    rich.click("find_me/plan")
    assert not rich.shows("find_me/save")


def test_a_page_that_comes_at_once_never_says_that_it_is_reading(driven: Driven) -> None:
    driven.go("today")

    assert not driven.shows("today/waiting")


def test_a_page_that_takes_long_says_so(driven: Driven) -> None:
    """While the store is busy the words stand there; then the page does."""
    from threading import Event  # noqa: PLC0415

    busy = Event()
    driven.shell.run(driven.shell, busy.wait, lambda _done: None)
    driven.shell.go("today")
    driven.qtbot.waitUntil(lambda: driven.shows("today/waiting"))
    assert "Reading your caseload…" in [w.text() for w in driven.window.findChildren(QLabel) if w.isVisible()]
    busy.set()
    driven.settle()

    assert not driven.shows("today/waiting")
