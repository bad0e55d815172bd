"""Choosing a child among many by a few letters, without a mouse, and never another than is shown first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import pause
from desktop.flows.children import Child
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.new.child_chooser import FEW, ChildChooser

NAMES = ("Łukasz Nowak", "Luca Novak", "Wren Hollowby", *(f"Ada Quill {number}" for number in range(FEW)))


def chooser(qtbot: QtBot) -> tuple[ChildChooser, list[str]]:
    made = ChildChooser([Child(name, name, name.split()[0], None, None, {}) for name in NAMES])
    qtbot.addWidget(made)
    made.show()
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    return made, chosen


def shown(made: ChildChooser) -> list[str]:
    pause(20)  # what was added is shown on the next turn of the loop
    return [line.accessibleName() for line in made.findChildren(LineButton) if line.isVisibleTo(made)]


def test_a_few_letters_leave_those_who_are_called_so(qtbot: QtBot) -> None:
    made, chosen = chooser(qtbot)
    assert len(shown(made)) == FEW
    QTest.keyClicks(made.box_of_name, "no lu")
    assert shown(made) == ["Łukasz Nowak", "Luca Novak"]
    QTest.keyClicks(made.box_of_name, "k")
    QTest.keyClick(made.box_of_name, Qt.Key.Key_Return)

    assert chosen == ["Łukasz Nowak"]


def test_nobody_is_said_and_enter_takes_nobody(qtbot: QtBot) -> None:
    made, chosen = chooser(qtbot)
    QTest.keyClick(made.box_of_name, Qt.Key.Key_Return)
    QTest.keyClicks(made.box_of_name, "zzz")
    QTest.keyClick(made.box_of_name, Qt.Key.Key_Return)

    assert chosen == []
    assert any("Nobody on this laptop is called so" in one.text() for one in made.findChildren(QLabel))
