"""The texts of one decision beside each other: what was there before, then each side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from casework.dates_in_words import counted, day_and_time
from desktop.flows.decisions.conflicts import Decision, Said
from desktop.ui.kit.basics.initials import Initials
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.labels import mark as mark_words
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Panel, PanelKind
from desktop.ui.resolve.marking import changed, either
from desktop.ui.theme import look


class Texts(QWidget):
    """In columns while there is room, else one under the other. `mark` shows or hides the differences."""

    def __init__(self, found: Decision, *, mark: bool) -> None:
        super().__init__()
        box = column(self, gap=12) if look().narrow else row(self, gap=12)
        before = found.before.text if found.before else ""
        box.addWidget(_before(found, mark=mark), 1)
        for number, side in enumerate(found.sides):
            box.addWidget(_side(side, before, f"resolve/shown/{number}", mark=mark, found=found), 1)


def words(text: str, name: str) -> QLabel:
    """Somebody's words, to be read, and copied by mouse or keyboard."""
    found = label(text, name=name)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return found


def _before(found: Decision, *, mark: bool) -> QWidget:
    said = found.before
    if said is None:
        return _column("history", "Before", "", label("Nothing, or it is not on this laptop.", "body", "muted"), "")
    shown = words(said.text, "resolve/before")
    if mark and found.is_text:
        runs = changed(found.sides[-1].text, said.text)
        for side in found.sides[:-1]:
            runs = either(runs, changed(side.text, said.text))
        mark_words(shown, said.text, runs, "text-decoration: underline")
    under = "Signed: it stays as it is." if found.signed else "What you both started from."
    title = f"Before: {said.who}" if not said.mine else "Before: you"
    return _column("history", title, day_and_time(said.at), shown, under)


def _side(side: Said, before: str, name: str, *, mark: bool, found: Decision) -> QWidget:
    shown = words(side.text, name)
    runs = changed(before, side.text)
    if mark and found.is_text and found.before is not None:
        soft = look().colour("primary_soft").name()
        mark_words(shown, side.text, runs, f"background-color: {soft}; font-weight: 600; text-decoration: underline")
    title = f"Yours: {side.name}" if side.mine else f"Theirs: {side.name}"
    number = sum(differs for differs, run in runs if run.strip())
    under = f"{counted(number, 'difference')} from before" if found.before and found.is_text else ""
    kind: PanelKind = "voice" if found.child_words else "card"
    return _column(side.name, title, day_and_time(side.at), shown, under, kind=kind)


def _column(who: str, title: str, when: str, shown: QWidget, under: str, *, kind: PanelKind = "draft") -> QWidget:
    panel = Panel(kind)
    side = look().room(16)
    box = column(panel, margins=(1, 1, 1, 1))
    head = row(gap=12, margins=(side, look().room(12), side, look().room(12)))
    head.addWidget(Icon("history", "draft", 24) if who == "history" else Initials(who))
    names = column()
    names.addWidget(label(title, "strong"))
    if when:
        names.addWidget(label(when, "caption", "muted" if who != "history" else "draft"))
    head.addLayout(names, 1)
    box.addLayout(head)
    box.addWidget(hairline())
    body = column(margins=(side, look().room(12), side, look().room(12)))
    body.addWidget(shown)
    body.addStretch(1)
    box.addLayout(body, 1)
    if under:
        box.addWidget(hairline())
        foot = column(margins=(side, look().room(10), side, look().room(10)))
        foot.addWidget(label(under, "caption", "muted" if who != "history" else "draft"))
        box.addLayout(foot)
    return panel
