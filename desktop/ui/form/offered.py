"""What other records offer to a group of rows: take one, take all, or leave it; never filled in by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.flows.record.carried_over import OfferedRow
from desktop.ui.form.session import Session
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.layout import SideOrBelow, column, empty, row
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look


class OfferedPanel(Panel):
    """Stands over the rows it is about, and goes when nothing is left to decide. `taken` says that rows came."""

    taken = Signal()

    def __init__(self, group: str, session: Session) -> None:
        super().__init__("draft")
        self.setObjectName(f"offered/{group}")
        self._group, self._session = group, session
        self._waiting = list(session.offered(group))
        self._left: list[OfferedRow] = []
        side = look().room(16)
        self._box = column(self, gap=look().room(8), margins=(side, look().room(12), side, look().room(12)))
        self._draw()

    @property
    def has_any(self) -> bool:
        return bool(self._waiting or self._left)

    def _draw(self) -> None:
        empty(self._box)
        self._box.addWidget(self._head())
        for offer in self._waiting:
            self._box.addWidget(hairline())
            self._box.addWidget(self._line(offer))
        for offer in self._left:
            self._box.addWidget(hairline())
            self._box.addWidget(self._gone(offer))
        if not self.has_any:  # never shown from here: before it has a parent it would open as a window
            self.hide()

    def _head(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8)
        line.addWidget(Icon("copy-plus"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label("Offered from other records", "strong"), 1)
        fresh = self._fresh()
        if len(fresh) > 1:
            every = Link(f"Take all {len(fresh)}", name=f"offered/{self._group}/all")
            every.clicked.connect(self._take_all)
            line.addWidget(every)
        return holder

    def _fresh(self) -> list[OfferedRow]:
        """Taking all takes nobody twice: what stands here by the same name is looked at one by one."""
        return [offer for offer in self._waiting if not offer.alike]

    def _line(self, offer: OfferedRow) -> QWidget:
        holder = QWidget()
        pair = SideOrBelow(holder)
        said = QWidget()
        words = column(said, gap=1)
        words.addWidget(label(offer.words, "body", name=f"offered/{offer.row_id}/words"))
        again = ". One of that name stands here already" if offer.alike else ""
        words.addWidget(label(f"{offer.came_from}{again}", "caption", "muted", name=f"offered/{offer.row_id}/from"))
        pair.addWidget(said)
        pair.addWidget(self._acts(offer))
        return holder

    def _acts(self, offer: OfferedRow) -> QWidget:
        holder = QWidget()
        acts = row(holder, gap=8)
        for words, name, act in (("Take", "take", self._take), ("Leave", "leave", self._leave)):
            button = Button(words, name=f"offered/{offer.row_id}/{name}", small=True)
            button.setAccessibleName(f"{words} {offer.words}")
            button.clicked.connect(_with(act, offer))
            acts.addWidget(button)
        return holder

    def _gone(self, offer: OfferedRow) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12)
        line.addWidget(label(f"Left out, and not offered again: {offer.words}", "caption", "muted"), 1)
        back = Link("Take it after all", name=f"offered/{offer.row_id}/back", size="caption")
        back.setAccessibleDescription(offer.words)
        back.clicked.connect(_with(self._take, offer))
        line.addWidget(back)
        return holder

    def _take_all(self) -> None:
        fresh = self._fresh()
        for offer in fresh:
            self._session.take(offer)
        self._settle(fresh, [], f"{len(fresh)} taken")

    def _take(self, offer: OfferedRow) -> None:
        self._session.take(offer)
        self._settle([offer], [], f"Taken: {offer.words}")

    def _leave(self, offer: OfferedRow) -> None:
        self._session.leave_out(offer)
        self._settle([offer], [offer], f"Left out: {offer.words}")

    def _settle(self, decided: list[OfferedRow], left: list[OfferedRow], said: str) -> None:
        """Draws what is still open, and keeps the keyboard here while there is anything."""
        self._waiting = [offer for offer in self._waiting if offer not in decided]
        self._left = [offer for offer in self._left if offer not in decided] + left
        announce(self, said)
        self._draw()
        self.taken.emit()
        first = next((button for button in self.findChildren(Button) if button.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()


def _with(act: Callable[[OfferedRow], None], offer: OfferedRow) -> Callable[[], None]:
    return lambda: act(offer)
