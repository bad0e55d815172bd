"""The list in the window: what is ending apart from what stands; a line opens its notice."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from casework.canonical import JSON
from casework.practice.lives.states import rows
from desktop.flows.record import editing
from desktop.ui.kit.basics.drop_down import DropDown
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


def test_a_notice_is_renewed_and_another_ended_from_its_line(driven: Driven) -> None:
    """A day that moves nothing and an end without who decided are refused, and what was typed stays."""
    desk, who = driven.shell.desk, driven.planted.child_id
    first = editing.new_record(desk, "harbouring_notice", who, ENDING)
    second = editing.new_record(desk, "harbouring_notice", who, STANDING)
    driven.go("harbouring")
    driven.click(f"harbouring/renew/{first}")
    driven.type("harbouring/until", "30/03/2026")
    driven.type("harbouring/why", "He still calls her")
    driven.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "a day after 1 April 2026" in words_of(driven.window)
    picture(driven, "harbouring-renew")
    box = driven.find("harbouring/until")
    assert isinstance(box, QLineEdit)
    assert box.text() == "30/03/2026"
    box.clear()
    driven.type("harbouring/until", "01/07/2026")
    driven.click("harbouring/decide")
    (row,) = rows(desk.vault.view(first).answers(), "renewals")
    assert (row["on"], row["until"], row["why"]) == ("2026-03-27", "2026-07-01", "He still calls her")
    assert "Ends Wed 1 July" in words_of(driven.find("harbouring"))

    driven.click(f"harbouring/end/{second}")
    driven.type("harbouring/why", "He has moved away")
    driven.click("harbouring/decide")
    assert "Say how the notice ended, why, and who decided it." in words_of(driven.window)
    how = driven.find("harbouring/how")
    assert isinstance(how, DropDown)
    how.put("withdrawn")
    driven.type("harbouring/by", "PC Anand")
    picture(driven, "harbouring-end")
    driven.click("harbouring/decide")
    said = desk.vault.view(second).answers()
    assert (said["ended_how"], said["ended_by"], said["ended_on"]) == ("withdrawn", "PC Anand", "2026-03-27")
    assert not driven.shows(f"harbouring/end/{second}")


def picture(driven: Driven, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))
