"""The strip over the answers: what nobody has said is a way to say it, where anything can be changed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.flows.visits.met_when import MetFact
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.sign.met_strip import MetStrip

WHERE = MetFact("Where", "", "", "place")


def test_what_nobody_said_is_a_way_to_its_question(qtbot: QtBot) -> None:
    gone: list[str] = []
    strip = MetStrip((WHERE,), gone.append)
    qtbot.addWidget(strip)
    link = strip.findChild(Link, "sign/met/place")
    assert link is not None
    assert link.accessibleName() == "Where: not provided"
    link.click()

    assert gone == ["place"]


def test_of_a_record_that_is_only_read_it_is_plain_words(qtbot: QtBot) -> None:
    strip = MetStrip((WHERE,), None)
    qtbot.addWidget(strip)

    assert strip.findChild(Link) is None
    assert [shown.text() for shown in strip.findChildren(QLabel)] == ["Where", "Not provided"]
