"""Help: the keys, what the words on the strip mean, and whom to ask. The same at the door."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casework import VERSION
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.theme import look

KEYS = (
    ("Ctrl+Enter", "The page’s main act: save and continue, sign, send"),
    ("Ctrl+S", "Save now. Homeward also saves as you write"),
    ("Ctrl+K", "Find a child, a record, or something to do"),
    ("Ctrl+N", "New record"),
    ("Alt+Left", "Back"),
    ("F6", "Next part of the window"),
    ("F8", "Next problem"),
    ("Ctrl+Shift+U", "Use the chosen note in your answer"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Take back what you did last in the form, and do it again"),
    ("Ctrl+H", "History of the answer you are in, and a way to put an earlier text back"),
    ("Ctrl+P", "Save a PDF"),
    ("Ctrl and +, −, 0", "Text larger, smaller, as at first"),
    ("Ctrl+L", "Lock"),
    ("Ctrl+Shift+H", "Hide the screen at once; Esc shows it again"),
    ("F1", "Help"),
)
ANSWERS = (
    (
        "Is my work safe?",
        "“Saved on this laptop” means it is on the disk, encrypted. The lid can close and the battery can die.",
    ),
    (
        "Has the council got it?",
        "Only when Sending lists it as received. Until then it waits here, and needs no network to be safe.",
    ),
    (
        "The council did not take something in",
        "Sending shows what and why. You can say it again or close the matter; your words are kept either way.",
    ),
    ("Can I change what I signed?", "No. You can add a correction beside it, and both stay."),
    (
        "Is this PDF what it says?",
        "Drop it on “Check a PDF”, which Find leads to: who signed it, when, and whether anything has changed since.",
    ),
    ("A child did not want to say", "That is an answer. Tick it, and nobody is asked for more."),
    ("Something is wrong", "Tell your council’s administrator. Never send a screenshot with a child’s name in it."),
)


class HelpScreen(Screen):
    """Always in the same place."""

    place = "help"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._page = Scroller(gap=16, name="help")
        column(self).addWidget(self._page)
        _lay(self._page)
        self._page.box.insertWidget(0, self._papers())

    def _papers(self) -> Card:
        card = Card("To take along")
        line = LineButton("Blank forms", "To print and fill in with a pen.", name="help/blank")
        line.clicked.connect(lambda: self.shell.go("blank"))
        card.add(line)
        return card

    def title(self) -> str:
        return "Help"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Help"))

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)


class HelpAtTheDoor(Scroller):
    """Without unlocking."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__(gap=16, name="help")
        self.setProperty("look", "window")
        self.box.addWidget(label("Help", "page"))
        button = Button("Back to unlocking", name="help/back", kind="primary")
        button.clicked.connect(self.back)
        self.box.addWidget(button)
        _lay(self)
        button.setFocus()


def _lay(page: Scroller) -> None:
    answers = Card("Questions people ask")
    for question, answer in ANSWERS:
        answers.add(_pair(question, answer))
    page.add(answers)
    page.add(_keys())
    page.add(label(f"Homeward {VERSION}", "body", "muted"))
    page.box.addStretch(1)


def _keys() -> Card:
    card = Card("Keys")
    body = QWidget()
    grid = QGridLayout(body)
    grid.setContentsMargins(look().room(16), look().room(8), look().room(16), look().room(12))
    grid.setHorizontalSpacing(look().room(24))
    grid.setVerticalSpacing(look().room(6))
    for number, (key, what) in enumerate(KEYS):
        grid.addWidget(label(key, "strong"), number, 0)
        grid.addWidget(label(what), number, 1)
    grid.setColumnStretch(1, 1)
    card.add(body)
    return card


def _pair(question: str, answer: str) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=2, margins=(side, look().room(8), side, look().room(8)))
    box.addWidget(label(question, "strong"))
    box.addWidget(label(answer, "body", "muted"))
    return holder
