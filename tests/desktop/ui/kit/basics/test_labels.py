"""Words on screen have their face, colour and height without a sheet over the whole application."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.theme import look

LONG = "She said it was about the phone, and walked to the skate park and then to her cousin’s. " * 3


def test_words_have_a_face_and_a_colour_of_their_own(qapp: QApplication, qtbot: QtBot) -> None:
    assert qapp.styleSheet() == "", "with one, Qt dresses every widget of a page by it"

    quiet, plain = label("Nothing due.", "caption", "muted"), label("Nothing due.", "strong")
    for one in (quiet, plain):
        qtbot.addWidget(one)

    assert quiet.palette().color(QPalette.ColorRole.WindowText) == look().colour("muted")
    assert (quiet.font().pixelSize(), plain.font().bold()) == (look().px(15), True)

    quiet.retone("")
    assert quiet.palette().color(QPalette.ColorRole.WindowText) == look().colour("text")


def test_words_on_a_button_keep_their_tone(qtbot: QtBot) -> None:
    line = LineButton("Blank forms", "To print and fill in with a pen.", name="blank")
    qtbot.addWidget(line)
    line.resize(500, line.heightForWidth(500))

    inks = {
        line.grab().toImage().pixelColor(x, y).name() for x in range(0, 400, 1) for y in range(28, line.height() - 8)
    }
    assert look().colour("muted").name() in inks


def test_the_height_follows_the_width_and_new_words(qtbot: QtBot) -> None:
    words = label(LONG)
    qtbot.addWidget(words)

    assert words.sizePolicy().hasHeightForWidth()
    narrow, wide = words.heightForWidth(200), words.heightForWidth(600)
    assert narrow > wide

    words.setText("Short.")
    assert words.heightForWidth(200) < wide

    words.setFont(look().font("number"))
    assert words.heightForWidth(200) > label("Short.").heightForWidth(200)
