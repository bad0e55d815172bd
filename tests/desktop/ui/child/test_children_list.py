"""Children: what each line says and shows, which are left out, and in what order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from desktop.demo.walk.hand import pause
from desktop.flows.record import editing
from desktop.flows.record.attaching import attach
from desktop.ui.child.child_row import SmallPortrait
from desktop.ui.child.children_list import PAUSE_MS
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.line_button import LineButton
from tests.desktop.ui.conftest import Driven


def lines(driven: Driven) -> list[str]:
    found = driven.window.findChildren(LineButton)
    return [one.accessibleName() for one in found if one.isVisible() and one.objectName().startswith("children/")]


def choose(driven: Driven, name: str, code: str) -> None:
    box = driven.find(name)
    assert isinstance(box, DropDown)
    box.put(code)
    driven.settle()


def test_each_line_says_how_the_child_is_and_what_is_due(driven: Driven) -> None:
    driven.go("children")

    (wren,) = lines(driven)
    assert wren.startswith("Wren Hollowby, 14. ")
    assert "Back Wed 25 March, 21:40" in wren
    assert "Return home interview due, 31 hours left" in wren


def test_children_are_left_out_by_name_and_by_status_and_that_is_said(driven: Driven) -> None:
    desk = driven.shell.desk
    editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Pennyfeather", "care_status": "lac"})
    driven.go("children")
    count = driven.find("children/count")
    assert isinstance(count, QLabel)
    assert count.text() == "2 children"
    choose(driven, "children/status", "lac")
    assert [one[:4] for one in lines(driven)] == ["Otto"]
    count = driven.find("children/count")
    assert isinstance(count, QLabel)
    assert count.text() == "1 of 2 children"

    driven.type("children/words", "wren")
    pause(2 * PAUSE_MS)
    driven.settle()
    assert lines(driven) == []
    assert "None of 2 children here is called so." in [one.text() for one in driven.window.findChildren(QLabel)]


def test_what_is_due_first_comes_first_when_it_is_wanted_so(driven: Driven) -> None:
    editing.new_record(driven.shell.desk, "child", known={"given_name": "Ada", "family_name": "Quill"})
    driven.go("children")
    assert [one[:4] for one in lines(driven)] == ["Ada ", "Wren"]
    choose(driven, "children/order", "due")

    assert [one[:4] for one in lines(driven)] == ["Wren", "Ada "]


def test_the_photograph_stands_before_the_name(driven: Driven, tmp_path: Path) -> None:
    desk, wren = driven.shell.desk, driven.planted.child_id
    picture = QImage(200, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(tmp_path / "wren.png"))
    kept = attach(desk, wren, tmp_path / "wren.png")
    editing.answer(desk, wren, {"photo": [{"file": kept, "taken_on": "2026-03-01"}]})
    driven.go("children")
    driven.settle()

    (portrait,) = driven.window.findChildren(SmallPortrait)
    middle = portrait.grab().toImage().pixelColor(portrait.rect().center())
    assert (middle.red() > 200, middle.green() < 80) == (True, True)
