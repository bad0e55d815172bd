"""What rules bring about, as it stands on Today: danger across the page, until it is written who was told."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.demo.walk.hand import Hand
from desktop.ui.kit.basics.drop_down import DropDown
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_danger_stands_above_everything_until_it_is_written_who_was_told(driven: Driven) -> None:
    """Written in an unfinished interview, whose writer then goes home; after a lock it is there again."""
    planted = driven.planted
    hand = Hand(driven.window, planted.home)
    driven.go("form", planted.interview_id, "harm_risk")
    hand.choose("f/immediate_danger", "yes")
    driven.autosaved()
    driven.go("today")
    name = f"today/matter/danger/{planted.interview_id}/2026-03-27"
    act = driven.find(name)

    assert act.accessibleDescription() == "Wren Hollowby. In danger: nobody is recorded as told"
    assert (
        act.mapTo(driven.window, act.rect().topLeft()).y()
        < driven.find("today/due/aside").mapTo(driven.window, act.rect().topLeft()).y()
    )

    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()
    driven.click(name)
    driven.click("f/escalations/add")
    who = next(one for one in driven.window.findChildren(DropDown) if one.objectName().startswith("r/escalations/"))
    hand.choose(who.objectName(), "mash")
    driven.autosaved()
    driven.go("today")
    assert not driven.shows(name)


def test_the_child_s_page_says_it_first(driven: Driven) -> None:
    planted = driven.planted
    hand = Hand(driven.window, planted.home)
    driven.go("form", planted.interview_id, "harm_risk")
    hand.choose("f/immediate_danger", "unsure")
    driven.autosaved()
    driven.go("child", planted.child_id)
    driven.click(f"child/matter/danger/{planted.interview_id}/2026-03-27")

    assert driven.shows("f/escalations/add")
