"""One's own words that the council did not take in: why, what the record says now, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from casework.dates_in_words import day_and_time
from casework.errors import KnownError
from casework.identifiers import OperationId
from desktop.flows.council import not_taken_in as flow
from desktop.flows.council.not_taken_in import Returned
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import Flow, column, empty, stacked
from desktop.ui.kit.basics.panels import Banner, Scroller
from desktop.ui.quarantine.listing import ListedItem, listed, with_list
from desktop.ui.quarantine.words_beside import beside_words

NOTHING = "Nothing of yours waits for you here."
KEPT = "These words are kept as you wrote them, whatever you choose."
COPIED = "Copied. It stays on the clipboard for one minute."
WAITS = "A supervisor decides about it. You can wait for that, or act now."
Lists = tuple[tuple[Returned, ...], tuple[Returned, ...]]


class ReturnedScreen(Screen):
    """Opens on the item that was asked for, else on the one that has waited longest. Works without a network."""

    place = "sending"

    def __init__(self, shell: Shell, op_id: OperationId | None = None) -> None:
        super().__init__(shell)
        self._asked = op_id
        self._lists: Lists = ((), ())
        self._here: Returned | None = None
        self._first: Button | None = None
        self._page = Scroller(gap=16, name="returned")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return self._here.state if self._here and self._here.is_open else "Not taken in by the council"

    def subtitle(self) -> str:
        here = self._here
        return f"{here.child}. {here.title}. You wrote it {day_and_time(here.written_at)}." if here else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Sending", Where("sending")), Crumb("Not taken in"))

    def acts(self) -> Sequence[QWidget]:
        return (Tag("decide", "Waits for you"),) if self._here and self._here.is_open else ()

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: (flow.returned(desk), flow.dealt_with(desk)), self._came)

    def primary(self) -> None:
        if self._first is not None and self._first.isEnabled():
            self._first.click()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._first

    def _came(self, lists: Lists) -> None:
        self._lists = lists
        both = (*lists[0], *lists[1])
        asked = next((one for one in both if one.op_id == self._asked), None)
        self._show(asked or next(iter(lists[0]), None))

    def _go(self, op_id: OperationId) -> None:
        self._asked = op_id
        self._came(self._lists)

    def _deed(self, deed: Callable[[], str]) -> None:
        for button in self._page.findChildren(Button):
            button.setEnabled(False)
        self.shell.run(self, deed, self._done, self._refused)

    def _done(self, sentence: str) -> None:
        self._asked = None
        self.shell.messages.news(sentence)
        self.shell.outbox_changed.emit()
        self.refresh()

    def _refused(self, error: KnownError) -> None:
        self.shell.say(error)
        for button in self._page.findChildren(Button):
            button.setEnabled(True)

    def _copy(self, here: Returned) -> None:
        QApplication.clipboard().setText(here.text)
        self.shell.messages.news(COPIED)

    def _show(self, here: Returned | None) -> None:
        self._here, self._first = here, None
        empty(self._page.box)
        main = self._main(here) if here else self._nothing()
        self._page.add(with_list(self._cards(here), main) if any(self._lists) else stacked(*main, gap=16))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _nothing(self) -> list[QWidget]:
        back = Button("Back to Today", name="returned/today", kind="primary")
        back.clicked.connect(lambda: self.shell.go("today"))
        return [label(NOTHING, "body", name="returned/none"), _left(back)]

    def _cards(self, here: Returned | None) -> list[QWidget]:
        op_id = here.op_id if here else None
        waiting = [ListedItem(one.op_id, one.title, f"{one.child}. {one.state}") for one in self._lists[0]]
        over = [ListedItem(one.op_id, one.title, f"{one.child}. {one.ending}") for one in self._lists[1]]
        cards: list[QWidget] = [listed("Waits for you", waiting, op_id, self._go, name="returned/item")]
        if over:
            cards.append(listed("Dealt with", over, op_id, self._go, name="returned/over", counts=False))
        return cards

    def _main(self, here: Returned) -> list[QWidget]:
        title = {"quarantined": WAITS, "accepted": "Taken in after all"}.get(here.status, "What the supervisor says")
        why = Banner("decide" if here.is_open else "draft", "undo-2", title, here.why)
        why.setObjectName("returned/why")
        said = beside_words(here.beside, written="You wrote", name="returned/words")
        words = said if here.beside else label(here.what, "strong", name="returned/what")
        return [why, words, self._choices(here) if here.is_open else self._over(here)]

    def _over(self, here: Returned) -> QWidget:
        when = f", {day_and_time(here.dealt_at)}" if here.dealt_at else ""
        copy = Button("Copy the words", name="returned/copy", icon="copy")
        copy.clicked.connect(lambda: self._copy(here))
        return stacked(label(f"{here.ending}{when}.", "strong", name="returned/ending"), _left(copy), gap=8)

    def _choices(self, here: Returned) -> QWidget:
        desk = self.shell.desk
        buttons = []
        if here.may_say:
            words = "Say it again beside the signed record" if here.signed else "Say it again in the record"
            again = Button(words, name="returned/again", kind="primary", icon="pen-line", key="Ctrl+Enter")
            again.clicked.connect(lambda: self._deed(partial(flow.say_again, desk, here.op_id)))
            self._first = again
            buttons.append(again)
        copy = Button("Copy the words", name="returned/copy", icon="copy")
        copy.clicked.connect(lambda: self._copy(here))
        dealt = Button("It has been dealt with", name="returned/done", icon="check")
        dealt.clicked.connect(lambda: self._deed(partial(flow.done, desk, here.op_id)))
        later = Button("Finish later", name="returned/later", icon="clock")
        later.clicked.connect(lambda: self.shell.go("today"))
        buttons += [*([copy] if here.beside else []), dealt, later]
        self._first = self._first or buttons[0]
        line = label(here.hint or KEPT, "caption", "muted", name="returned/hint")
        return stacked(label("What do you want to do?", "section"), line, _left(*buttons), gap=10)


def _left(*buttons: Button) -> QWidget:
    """In a row while there is room; what does not fit goes on to the next line."""
    holder = QWidget()
    flow_ = Flow(holder, gap=8)
    for button in buttons:
        flow_.addWidget(button)
    return holder
