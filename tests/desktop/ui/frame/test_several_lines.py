"""Several lines in one label look, measure and read as a label for each did."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.frame.several_lines import LineOfWords, Lines, NamedValues
from desktop.ui.kit.basics.labels import label
from desktop.ui.theme import look

LONG = "She said it was about the phone, and walked to the skate park and then to her cousin’s. " * 3
SAID = (("Wren Hollowby, 14", "strong", ""), (LONG, "caption", "muted"), ("Asked by נועה at school", "body", "over"))


def lines(qtbot: QtBot, gap: int = 0) -> Lines:
    found = Lines(*(LineOfWords(*one) for one in SAID), gap=gap)
    qtbot.addWidget(found)
    return found


@pytest.mark.parametrize("width", [60, 143, 211, 420, 2_000])
def test_they_are_as_tall_as_a_label_for_each(qtbot: QtBot, width: int) -> None:
    labels = [label(*one) for one in SAID]
    for one in labels:
        qtbot.addWidget(one)

    assert lines(qtbot, gap=2).heightForWidth(width) == sum(one.heightForWidth(width) for one in labels) + 2 * 2
    assert lines(qtbot).minimumSizeHint().width() >= max(one.minimumSizeHint().width() for one in labels) - 1


def inks(found: QWidget) -> set[str]:
    image = found.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_each_is_drawn_in_its_own_tone(qtbot: QtBot) -> None:
    found = lines(qtbot)
    found.resize(420, found.heightForWidth(420))

    assert {look().colour(tone).name() for tone in ("text", "muted", "over")} <= inks(found)


def test_what_is_empty_takes_no_room(qtbot: QtBot) -> None:
    one, two = Lines(LineOfWords("Wren")), Lines(LineOfWords("Wren"), LineOfWords("", "caption"), gap=4)
    for found in (one, two):
        qtbot.addWidget(found)

    assert one.heightForWidth(200) == two.heightForWidth(200)
    assert two.text() == "Wren"


def test_a_screen_reader_hears_all_of_it(qtbot: QtBot) -> None:
    found = NamedValues([("Last seen", "Outside the school gate"), ("Worker", "Imogen Sallow")], 116, gap=3)
    qtbot.addWidget(found)
    read = QAccessible.queryAccessibleInterface(found)
    said = lines(qtbot)
    heard = QAccessible.queryAccessibleInterface(said)

    assert read.role() is QAccessible.Role.StaticText
    assert read.text(QAccessible.Text.Name) == "Last seen: Outside the school gate. Worker: Imogen Sallow"
    assert heard.text(QAccessible.Text.Name).startswith("Wren Hollowby, 14\nShe said")


def test_markup_is_words(qtbot: QtBot) -> None:
    found = Lines(LineOfWords("<b>Wren</b>"))
    qtbot.addWidget(found)

    assert found.textFormat() is Qt.TextFormat.PlainText
    assert found.text() == "<b>Wren</b>"


def left_of_ink(found: QWidget) -> float:
    """How far from the left the first drawn point is, in parts of the width."""
    image, ground = found.grab().toImage(), found.grab().toImage().pixelColor(0, found.height() - 1)
    drawn = (x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != ground)
    return next(drawn) / image.width()


def test_they_begin_at_the_right_in_a_window_that_reads_from_there(qtbot: QtBot) -> None:
    found = NamedValues([("Worker", "Imogen")], 116, gap=3)
    qtbot.addWidget(found)
    found.resize(600, found.heightForWidth(600))
    from_left = left_of_ink(found)
    found.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert from_left < 0.1
    assert left_of_ink(found) > 0.5


def test_values_stand_under_each_other_and_the_longest_makes_room(qtbot: QtBot) -> None:
    found = NamedValues([("Plan", LONG), ("Worker", "Imogen")], 116, gap=3)
    qtbot.addWidget(found)
    value = label(LONG)
    qtbot.addWidget(value)
    beside = 500 - look().px(116) - 8

    assert found.heightForWidth(500) == value.heightForWidth(beside) + 3 + value.fontMetrics().height()
