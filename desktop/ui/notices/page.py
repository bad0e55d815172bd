"""One notice: opening it says that it was read; acknowledging is an act of its own. And the whole inbox."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted, when
from casework.practice.notices.notice_table import NoticeKind
from desktop.flows.notices import inbox as flow
from desktop.flows.notices.inbox import Notice, NoticeState
from desktop.flows.notices.notices_listed import reader_line
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.notices.inbox_card import notice_line
from desktop.ui.notices.told_card import told_card
from desktop.ui.theme import look

MOST = 200
COMES = "The record comes to this laptop when you acknowledge the notice."
COMES_WITH_ACCEPTING = {NoticeKind.VISIT_ASKED: "The child comes to this laptop with the next sync once you accept."}


class NoticeScreen(Screen):
    """Its one filled button acknowledges; with nothing to acknowledge, it opens the record."""

    place = "today"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self._record_id = record_id
        self._found: Notice | None = None
        self._words = line_box("notice/words", "An answer to its sender, if you have one")
        self._kept = KeptBox(shell, record_id, "notice/words", self._words)
        self._page = Scroller(gap=16, name="notice/page")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the notice…", self._page)

    def title(self) -> str:
        return self._found.title if self._found else ""

    def subtitle(self) -> str:
        return self._found.child_name if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Notices", Where("notices")), Crumb(self.title()))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, record_id = self.shell.desk, self._record_id
        self.shell.run(self, lambda: flow.opened(desk, record_id), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        if self._found is not None and self._can_acknowledge(self._found):
            self._acknowledge()
        elif self._found is not None and self._found.about_here:
            self._open_record()

    def _show(self, found: tuple[Notice, tuple[Notice, ...]]) -> None:
        self._found, told = found
        self._waiting.done()
        self._words.setParent(self)  # outlives the others, with what stands in it
        empty(self._page.box)
        self._page.add(self._said(self._found))
        self._page.add(self._answer(self._found))
        self._page.add(told_card(told, self.shell.now(), lambda other: self.shell.go("notice", other)))
        self._page.box.addStretch(1)
        self.shell.outbox_changed.emit()
        self.heading_changed.emit()

    def _said(self, found: Notice) -> Card:
        card = Card("What it says", icon="info")
        sent = f"Sent {when(found.sent_at, self.shell.now())}" if found.sent_at else "Sent"
        lines: list[QWidget] = [label(f"{sent} by {found.sent_by or 'a colleague'}, to: {found.addressee}")]
        lines += [label(f"{name}{'' if name.endswith('?') else ':'} {value}") for name, value in found.facts]
        if found.about_here:
            opens = Button(
                "Open the record", name="notice/open", kind=self._kind(primary=not self._can_acknowledge(found))
            )
            opens.clicked.connect(self._open_record)
            lines.append(_at_the_left(opens))
        elif found.is_taken_on:
            lines.append(label(COMES_WITH_ACCEPTING.get(found.kind, COMES), "body", "muted"))
        card.add(self._padded(*lines))
        return card

    def _answer(self, found: Notice) -> Card:
        card = Card("Who has read it", icon="check")
        now = self.shell.now()
        parts: list[QWidget] = [
            label(f"{reader_line(r.name, r.opened_at, r.acknowledged_at, now)}{f': “{r.words}”' if r.words else ''}")
            for r in found.receipts
        ] or [label("Nobody has read it yet.", "body", "muted")]
        parts += [label(f"Asked again {when(at, now)}", "caption", "muted") for at in found.asked_again]
        if self._can_acknowledge(found):
            asks = label("An answer to its sender, if you have one", "caption", "muted")
            asks.setBuddy(self._words)
            words = "Accept the visit" if found.kind is NoticeKind.VISIT_ASKED else "Acknowledge"
            act = Button(words, name="notice/acknowledge", kind="primary", key="Ctrl+Enter")
            act.clicked.connect(self._acknowledge)
            self._words.show()
            parts += [asks, self._words, _at_the_left(act)]
        elif not found.is_mine and found.state is not NoticeState.ACKNOWLEDGED:
            again = Button("I asked again", name="notice/again")
            again.clicked.connect(self._ask_again)
            parts.append(_at_the_left(again))
        card.add(self._padded(*parts))
        return card

    @staticmethod
    def _can_acknowledge(found: Notice) -> bool:
        return found.is_mine and found.state is not NoticeState.ACKNOWLEDGED

    @staticmethod
    def _kind(*, primary: bool) -> str:
        return "primary" if primary else "plain"

    def _padded(self, *parts: QWidget) -> QWidget:
        side = look().room(16)
        return padded(stacked(*parts, gap=8), (side, look().room(10), side, look().room(12)))

    def _open_record(self) -> None:
        if self._found is not None:
            self.shell.go("form", self._found.about_id)

    def _acknowledge(self) -> None:
        desk, record_id, words = self.shell.desk, self._record_id, self._words.words()
        self.shell.once(self, lambda: flow.acknowledge(desk, record_id, words), lambda _done: self._acknowledged())

    def _acknowledged(self) -> None:
        self._kept.forget()
        self.refresh()

    def _ask_again(self) -> None:
        desk, record_id = self.shell.desk, self._record_id
        self.shell.once(self, lambda: flow.ask_again(desk, record_id), lambda _done: self.refresh())


def _at_the_left(button: QWidget) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=0)
    line.addWidget(button)
    line.addStretch(1)
    return holder


class NoticesScreen(Screen):
    """The whole inbox, what waits for an answer first."""

    place = "today"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._count = 0
        self._page = Scroller(gap=16, name="notices")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading your notices…", self._page)

    def title(self) -> str:
        return "Notices to you"

    def subtitle(self) -> str:
        return counted(self._count, "notice")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Notices"))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.inbox(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: Sequence[Notice]) -> None:
        self._waiting.done()
        self._count = len(found)
        empty(self._page.box)
        card = Card("Waiting for an answer first")
        for notice in found[:MOST]:
            card.add(notice_line(notice, self.shell.now(), lambda one: self.shell.go("notice", one), place="notices"))
        if not found:
            card.add(padded(label("Nothing has been sent to you.", "body", "muted"), (16, 10, 16, 10)))
        self._page.add(card)
        self._page.box.addStretch(1)
        self.heading_changed.emit()


class ToldScreen(Screen):
    """Of one record: who has been told, and when each of them read it."""

    place = "children"
    renews = True

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self._record_id = record_id
        self._page = Scroller(gap=16, name="told")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading who has been told…", self._page)

    def title(self) -> str:
        return "Who has been told"

    def crumbs(self) -> Sequence[Crumb]:
        record = Crumb("Record", Where("form", self._record_id))
        return (Crumb("Today", Where("today")), record, Crumb(self.title()))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, record_id = self.shell.desk, self._record_id
        self.shell.run(self, lambda: flow.told_of(desk, record_id), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: Sequence[Notice]) -> None:
        self._waiting.done()
        empty(self._page.box)
        self._page.add(told_card(found, self.shell.now(), lambda one: self.shell.go("notice", one)))
        self._page.box.addStretch(1)
