"""A child in a list: what is said of each, and the order; nothing that the records do not say."""

from __future__ import annotations

from dataclasses import replace

from casework.canonical import JSON
from desktop.flows.child.child_lines import ChildLine, ChildOrder, WantedChildren, lines_of, listed
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from tests.desktop.clock import Clock

BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-25T16:20:00+00:00",
    "found_at": "2026-03-25T21:40:00+00:00",
    "outcome": "real",
}


def child(desk: Desk, given: str, family: str, **more: JSON) -> str:
    return editing.new_record(desk, "child", known={"given_name": given, "family_name": family, **more})


def line(desk: Desk, child_id: str) -> ChildLine:
    return lines_of(desk, [child_id])[child_id]


def names(desk: Desk, **wanted: object) -> list[str]:
    found = listed(desk, WantedChildren(**wanted), first=1)  # type: ignore[arg-type]
    return [one.name for one in found.children]


def test_a_line_says_status_return_and_the_clock_and_no_address(desk: Desk) -> None:
    home = "Larkfield House, 6 Weir Lane"
    wren = child(desk, "Wren", "Hollowby", care_status="lac", placement_name=home, address="6 Weir Lane")
    editing.new_record(desk, "missing_episode", wren, BACK)
    found = line(desk, wren)

    assert found.line == "Looked after child (LAC), Larkfield House. Back Wed 25 March, 21:40"
    assert found.clocks is not None
    assert found.due_at == found.clocks.h72.due


def test_the_last_meeting_is_the_last_that_took_place(desk: Desk, clock: Clock) -> None:
    """An attempt that found nobody is none, and neither is what is still to come."""
    wren = child(desk, "Wren", "Hollowby")
    assert line(desk, wren).last == ""
    attempts: list[JSON] = [
        {"at": "2026-03-20T15:00:00+00:00", "result": "child_seen"},
        {"at": "2026-03-24T15:00:00+00:00", "result": "no_answer"},
    ]
    editing.new_record(desk, "safe_well_visit", wren, {"attempts": attempts})
    assert line(desk, wren).last == "Safe-and-well visit Fri 20 March"
    arranged = "2026-03-30T10:00:00+01:00"
    editing.new_record(desk, "return_home_interview", wren, {"started_at": arranged})
    assert line(desk, wren).last == "Safe-and-well visit Fri 20 March"
    clock.passes(days=5)
    assert line(desk, wren).last == "Return home interview Mon 30 March"


def test_who_is_missing_comes_first_in_every_order(desk: Desk) -> None:
    for given in ("Ada", "Bo", "Cy"):
        child(desk, given, "Quill")
    zoe = child(desk, "Zoe", "Quill")
    editing.new_record(desk, "missing_episode", zoe, {"last_seen_at": BACK["last_seen_at"]})

    for order in ChildOrder:
        assert names(desk, order=order)[0] == "Zoe Quill"
    assert line(desk, zoe).away.startswith("Missing ")


def test_what_is_due_first_and_who_was_not_met_longest(desk: Desk) -> None:
    ada, bo, _cy = (child(desk, given, "Quill") for given in ("Ada", "Bo", "Cy"))
    editing.new_record(desk, "missing_episode", bo, BACK)
    visited: list[JSON] = [{"at": "2026-03-20T15:00:00+00:00", "result": "child_seen"}]
    editing.new_record(desk, "safe_well_visit", ada, {"attempts": visited})

    assert names(desk, order=ChildOrder.DUE)[0] == "Bo Quill"
    assert names(desk, order=ChildOrder.CONTACT) == ["Cy Quill", "Ada Quill", "Bo Quill"]


def test_by_the_beginnings_of_names_and_by_status(desk: Desk) -> None:
    child(desk, "Łukasz", "Nowak", care_status="cin")
    child(desk, "Wren", "Hollowby", care_status="lac")

    assert names(desk, words="lukasz no") == ["Łukasz Nowak"]
    assert names(desk, words="owak") == []
    assert names(desk, status="lac") == ["Wren Hollowby"]
    assert listed(desk, WantedChildren(status="lac"), first=1).held == 2


def test_a_decision_that_is_over_goes_before_an_interview_that_has_time(desk: Desk) -> None:
    wren = child(desk, "Wren", "Hollowby")
    editing.new_record(desk, "missing_episode", wren, {**BACK, "last_seen_at": "2026-03-23T16:20:00+00:00"})
    found = line(desk, wren)

    assert found.clocks is None
    assert found.matter is not None
    assert found.over


def test_a_council_may_have_the_family_name_first(desk: Desk) -> None:
    wren = child(desk, "Wren", "Hollowby", known_as="Birdie", date_of_birth="2012-01-09")
    child(desk, "Zoe", "Ashdown")
    assert names(desk) == ["Wren Hollowby (Birdie)", "Zoe Ashdown"]
    council = replace(desk.catalogue.council, family_name_first=True)
    theirs = Desk(desk.vault, desk.catalogue.under(council, ()), desk.now)

    assert names(theirs) == ["Zoe Ashdown", "Wren Hollowby (Birdie)"]
    assert line(theirs, wren).name == "Hollowby, Wren (Birdie), 14"
