"""The list in the window: what is ending apart from what stands; a line opens its notice."""

from __future__ import annotations

from casework.canonical import JSON
from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.notices.test_page import words_of

ENDING: dict[str, JSON] = {"given_to": "Marlon Pryce", "issued_on": "2026-03-02", "stands_until": "2026-04-01"}
STANDING: dict[str, JSON] = {"given_to": "Jordan Pell", "issued_on": "2026-03-02", "stands_until": "2026-12-31"}


def test_it_is_reached_from_children_and_a_line_opens_the_notice(driven: Driven) -> None:
    desk, who = driven.shell.desk, driven.planted.child_id
    first = editing.new_record(desk, "harbouring_notice", who, ENDING)
    editing.new_record(desk, "harbouring_notice", who, STANDING)
    driven.go("child", who)
    assert "Against Marlon Pryce" in words_of(driven.find("child"))
    driven.go("children")
    driven.click("children/harbouring")

    words = words_of(driven.find("harbouring"))
    assert words.index("About to end, or ended and not decided") < words.index("Standing")
    assert "Ends Wed 1 April" in words
    assert "Jordan Pell. Ends Thu 31 December" in words
    driven.click(f"harbouring/{first}")
    assert (driven.window.where.place, driven.window.where.about) == ("form", first)
