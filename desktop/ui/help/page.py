"""Help: about the page one comes from, questions people ask, how it all works, the keys; searched without a network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casework import VERSION
from desktop.flows.help_topics import HOW, HelpTopic, about_place, how_it_works, search, topics
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

KEYS = (
    ("Ctrl+Enter", "The page’s main act: save and continue, sign, send"),
    ("Ctrl+S", "Save now. Homeward also saves as you write"),
    ("Ctrl+K", "Find a child, a record, or something to do"),
    ("Ctrl+N", "New record"),
    ("Alt+Left", "Back"),
    ("F6", "Next part of the window"),
    ("F7", "Next word that may be misspelt, and what was meant"),
    ("F8", "Next problem"),
    ("Ctrl+Shift+N", "Your notes alone on the page, and back to the form"),
    ("Ctrl+Shift+U", "Use the chosen note in your answer"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Take back what you did last in the form, and do it again"),
    ("Ctrl+H", "History of the answer you are in, and a way to put an earlier text back"),
    ("Ctrl+P", "Save a PDF"),
    ("Ctrl and +, −, 0", "Text larger, smaller, as at first"),
    ("Ctrl+L", "Lock"),
    ("Ctrl+Shift+H", "Hide the screen at once; Esc shows it again"),
    ("F1", "Help about this page"),
)
PAUSE_MS = 200
NONE = "Nothing in Help has these words. Try fewer of them, or other ones."


class HelpScreen(Screen):
    """Always in the same place. `page` and `record`: where F1 was pressed, to explain it and to go back there."""

    place = "help"

    def __init__(self, shell: Shell, page: str = "", record: str = "") -> None:
        super().__init__(shell)
        self._from, self._record = page, record
        self._topic = about_place(page) if page else None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._box = line_box("help/text", "Search Help")
        self._box.textEdited.connect(lambda _text: self._timer.start(PAUSE_MS))
        self._kept = KeptBox(shell, "help", "text", self._box)
        self._kept.came.connect(self._look)
        whole = column(self, gap=16, margins=(24, 16, 24, 0))
        whole.addWidget(titled("Search Help", "Everything here is on this laptop.", self._box))
        self._page = Scroller(gap=16, margins=(0, 0, 0, 16), name="help")
        whole.addWidget(self._page, 1)
        self._look()

    def title(self) -> str:
        return "Help"

    def crumbs(self) -> Sequence[Crumb]:
        today = Crumb("Today", Where("today"))
        if self._topic is None or self._from == "today":
            return (today, Crumb("Help"))
        return (today, Crumb(self._topic.title, Where(self._from, self._record)), Crumb("Help"))

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._box

    def bookmark(self) -> Where | None:
        return Where("help", self._from, self._record)

    def primary(self) -> None:
        self._look()

    def _look(self) -> None:
        words = self._box.text()
        empty(self._page.box)
        if words.strip():
            self._show_found(search(words))
            return
        if self._topic is not None:
            self._page.add(_topic_card(self._topic, "About this page: "))
        self._page.add(self._papers())
        _lay(self._page)

    def _show_found(self, found: Sequence[HelpTopic]) -> None:
        for topic in found:
            self._page.add(_topic_card(topic))
        if not found:
            self._page.add(label(NONE, "strong", name="help/none"))
        self._page.box.addStretch(1)

    def _papers(self) -> Card:
        card = Card("To take along")
        line = LineButton("Blank forms", "To print and fill in with a pen.", name="help/blank")
        line.clicked.connect(lambda: self.shell.go("blank"))
        card.add(line)
        return card


class HelpAtTheDoor(Scroller):
    """Without unlocking."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__(gap=16, name="help")
        self.box.addWidget(label("Help", "page"))
        button = Button("Back to unlocking", name="help/back", kind="primary")
        button.clicked.connect(self.back)
        self.box.addWidget(button)
        _lay(self)
        button.setFocus()


def _lay(page: Scroller) -> None:
    answers, works = Card("Questions people ask"), Card("How it works")
    for topic in topics():
        if topic.asked:
            answers.add(_pair(topic.title, " ".join(topic.text)))
    for topic in how_it_works():
        works.add(_pair(topic.title.removeprefix(HOW), " ".join(topic.text)))
    page.add(answers)
    page.add(works)
    page.add(_keys("Keys", KEYS))
    page.add(label(f"Homeward {VERSION}", "body", "muted"))
    page.box.addStretch(1)


def _topic_card(topic: HelpTopic, before: str = "") -> Card:
    """Its keys stand under what it says."""
    card = Card(f"{before}{topic.title}")
    side, gap = look().room(16), look().room(10)
    card.add(padded(stacked(*(label(words) for words in topic.text), gap=8), (side, gap, side, gap)))
    if topic.keys:
        card.add(_grid(topic.keys))
    return card


def _keys(title: str, keys: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    card.add(_grid(keys))
    return card


def _grid(keys: Sequence[tuple[str, str]]) -> QWidget:
    body = QWidget()
    grid = QGridLayout(body)
    grid.setContentsMargins(look().room(16), look().room(8), look().room(16), look().room(12))
    grid.setHorizontalSpacing(look().room(24))
    grid.setVerticalSpacing(look().room(6))
    for number, (key, what) in enumerate(keys):
        grid.addWidget(label(key, "strong"), number, 0)
        grid.addWidget(label(what), number, 1)
    grid.setColumnStretch(1, 1)
    return body


def _pair(question: str, answer: str) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=2, margins=(side, look().room(8), side, look().room(8)))
    box.addWidget(label(question, "strong"))
    box.addWidget(label(answer, "body", "muted"))
    return holder
