"""When nothing stands on the day: the few things that one would do then, large enough to be seen first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.flows.due.new_record import begin, forms_to_begin
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

NOTHING = "Nothing needs you now. When something is due, it stands here."


class BeginCard(Card):
    """`first` is what Ctrl+Enter does."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Where to begin", icon="plus")
        self._shell = shell
        self.add(_padded(label(NOTHING, "body", "muted")))
        self.first = self._line("Add a child", "Name, date of birth and who to reach.", "add-child", self._add_child)
        self._line("New record for a child", "An episode, an interview, a visit, a plan.", "new-record", self._new)
        if not shell.desk.has_joined and not shell.desk.is_practice:
            self._line("Join your council", "Send what you write, and sign it.", "join", self._join)
            self._line("Practise with invented children", "Kept apart from your work.", "practise", self._join)

    def _line(self, title: str, text: str, name: str, deed: Callable[[], None]) -> LineButton:
        line = LineButton(title, text, name=f"today/begin/{name}")
        line.clicked.connect(lambda _on=False: deed())
        self.add(line)
        return line

    def _add_child(self) -> None:
        desk, shell = self._shell.desk, self._shell
        shell.once(self, lambda: begin(desk, "child", ""), self._begun)

    def _begun(self, record_id: str) -> None:
        self._shell.outbox_changed.emit()
        self._shell.go("form", record_id)

    def _new(self) -> None:
        self._shell.go("new")

    def _join(self) -> None:
        self._shell.go("join")


def may_begin(shell: Shell) -> bool:
    """For a role that begins with a child."""
    return "child" in forms_to_begin(shell.desk)


def not_joined_card(shell: Shell) -> Card:
    """In the place of what waits to be sent."""
    desk = shell.desk
    if desk.is_practice:
        card = Card("Practice", icon="flask-conical")
        card.add(_padded(label("Invented children. Nothing of this is sent anywhere.", "caption")))
        return card
    card = Card("Not joined yet", icon="users")
    words = "What you write is kept on this laptop. It is sent, as yours, once you have joined your council."
    join = Button("Join your council", name="today/join", small=True)
    join.clicked.connect(lambda: shell.go("join"))
    card.add(_padded(stacked(label(words, "caption"), join, gap=look().room(8))))
    return card


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    side, gap = look().room(16), look().room(10)
    column(holder, margins=(side, gap, side, gap)).addWidget(widget)
    return holder
