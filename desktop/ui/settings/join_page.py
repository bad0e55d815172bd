"""The second of two steps, and later a page of its own: join the council, or try it with invented children."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.practising.practice_store import check_passphrase
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Panel, Scroller
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.settings.joining import JoinFirst
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

JOIN_WHY = "So that your manager can check your records, and colleagues get what they may see."
NEEDED = (
    ("key-round", "The address and a one-time code, from your administrator"),
    ("send", "A network, for about two minutes"),
)
MEANWHILE = (
    ("check", "You can write records, and print them as drafts"),
    ("check", "They are sent, as yours, when you join"),
    ("x", "Nobody else sees them till then, and none can be signed"),
)
TRY_WHY = "A made-up council to learn in: a dozen children and a week of work."
CAN = (
    ("check", "Go through a return interview, from the call to the signed record"),
    ("check", "See a clock run out, a decision, a plan that is due"),
    ("check", "Break anything. Start it afresh from Settings"),
)
APART = (
    ("lock", "Every page says “Practice”, also on paper"),
    ("lock", "Nothing from here can be sent, or moved to real work"),
)


class JoinScreen(Screen):
    """Neither has to be done now: Today is one press away."""

    place = "settings"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.joining = JoinFirst(shell, "join")
        self._passphrase = Passphrase("join/passphrase", "Your passphrase")
        self._problem = label("", "strong", "error", name="join/practice/problem")
        self._problem.setVisible(False)
        self._practise = Button("Start practising", name="join/practise", icon="flask-conical")
        self._page = Scroller(gap=16, name="join/page")
        column(self).addWidget(self._page)
        holder = QWidget()
        line = row(holder, gap=20) if not look().narrow else column(holder, gap=16)
        if not shell.desk.has_joined:
            line.addWidget(self._join_card(), 1)
        line.addWidget(self._practice_card(), 1)
        self._page.add(holder)
        self._page.box.addStretch(1)

    def title(self) -> str:
        desk = self.shell.desk
        name = desk.officer.name.split()
        return "Practise" if desk.has_joined else f"Welcome, {name[0]}" if name else "Welcome"

    def subtitle(self) -> str:
        return (
            ""
            if self.shell.desk.has_joined
            else "Your passphrase is set. What is written here is encrypted on this laptop from the first word."
        )

    def crumbs(self) -> Sequence[Crumb]:
        here = "Practise" if self.shell.desk.has_joined else "Join, or practise"
        return (Crumb("Today", Where("today")), Crumb(here))

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        if self.shell.desk.has_joined:
            return self._passphrase.box
        return self.joining.code if self.joining.url.text() else self.joining.url

    def _join_card(self) -> QWidget:
        later = Link("I have no code yet: begin without", name="join/later")
        later.clicked.connect(lambda: self.shell.go("today"))
        lists = (*_listed("You need", NEEDED), *_listed("Until you have joined", MEANWHILE))
        return _card("users", "Join your council", JOIN_WHY, *lists, self.joining, later)

    def _practice_card(self) -> QWidget:
        self._practise.clicked.connect(self._start)
        self._passphrase.box.returnPressed.connect(self._start)
        hint = "Practice opens with the same one."
        asked = titled("Your passphrase", hint, self._passphrase, buddy=self._passphrase.box)
        later = "" if self.shell.desk.has_joined else " You can join the council afterwards."
        after = label(f"Your own work is closed meanwhile.{later}", "caption", "muted")
        lists = (*_listed("You can", CAN), *_listed("Kept apart", APART))
        own = (asked, self._problem, self._practise, after)
        return _card("flask-conical", "Try it with invented children", TRY_WHY, *lists, *own)

    def _start(self) -> None:
        """The passphrase is looked at before anything is closed for it."""
        if not self._practise.isEnabled():
            return
        self._practise.setEnabled(False)
        desk, words, shell = self.shell.desk, self._passphrase.text(), self.shell
        right = shell.practice_asked
        shell.run(self, lambda: check_passphrase(desk, words), lambda _right: right.emit(words), self._refused)

    def _refused(self, error: KnownError) -> None:
        self._practise.setEnabled(True)
        self._problem.setText(str(error))
        self._problem.setVisible(True)
        self._passphrase.mark(str(error))
        self._passphrase.box.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._problem, str(error), urgent=True)


def _card(icon: str, title: str, why: str, *parts: QWidget) -> Panel:
    card = Panel("card")
    side = look().room(20)
    box = column(card, gap=look().room(8), margins=(side, look().room(16), side, look().room(16)))
    head = row(gap=12)
    head.addWidget(Icon(icon, "primary", 24))
    head.addWidget(label(title, "section"), 1)
    box.addLayout(head)
    box.addWidget(label(why))
    for part in parts:
        box.addWidget(part)
    box.addStretch(1)
    return card


def _listed(title: str, lines: Sequence[tuple[str, str]]) -> tuple[QWidget, ...]:
    return (label(title, "strong"), *(_fact(icon, words) for icon, words in lines))


def _fact(icon: str, words: str) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=10)
    line.addWidget(Icon(icon, "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(words), 1)
    return holder
