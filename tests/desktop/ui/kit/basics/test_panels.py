"""Cards, and what scrolls: hairlines without a widget each, and a page that is filled at once."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.theme import look

ROWS = 60


def test_what_is_added_stands_under_a_hairline(qtbot: QtBot) -> None:
    card = Card("Drafts")
    qtbot.addWidget(card)
    for words in ("First", "Second"):
        card.add(label(words))
    card.add(label("Third"), line=False)
    card.resize(300, card.heightForWidth(300))
    card.grab()
    first, second, third = (card.box.itemAt(place).geometry() for place in (2, 4, 5))
    image = card.grab().toImage()
    hair = look().colour("hair").name()
    beneath = [y for y in range(first.bottom() + 1, second.top()) if image.pixelColor(150, y).name() == hair]

    assert len(beneath) == look().tokens.line
    assert third.top() == second.bottom() + 1
    assert not [one for one in card.findChildren(QFrame) if not isinstance(one, QLabel)]


def filled(page: Scroller, mark: str) -> None:
    with page.filled_anew():
        for number in range(ROWS):
            page.add(label(f"{mark} {number}"))


def shown(page: Scroller) -> list[str]:
    inside = page.widget()
    assert inside is not None
    return [found.text() for found in inside.findChildren(QLabel)]


def test_what_was_there_is_replaced_and_whoever_reads_further_down_stays_there(qtbot: QtBot) -> None:
    page = Scroller()
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    filled(page, "Old")
    page.verticalScrollBar().setValue(120)
    filled(page, "New")

    assert page.verticalScrollBar().value() == 120
    assert shown(page) == [f"New {number}" for number in range(ROWS)]
    with page.filled_anew():
        page.add(label("Nothing due."))
    qtbot.wait(1)
    assert not page.verticalScrollBar().isVisible()
    assert shown(page) == ["Nothing due."]


def test_it_is_laid_out_for_the_width_beside_the_bar(qtbot: QtBot) -> None:
    page = Scroller()
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    filled(page, "Line")
    qtbot.wait(1)

    assert page.verticalScrollBar().isVisible()
    inside = page.widget()
    assert inside is not None
    assert inside.width() == page.viewport().width()
