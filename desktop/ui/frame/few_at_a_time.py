"""The first of many things under each other, and the next of them on demand: what nobody looks at is not built."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import add_rule, padded, paint_rules
from desktop.ui.theme import look

NEXT = 30
Make = Callable[[], QWidget]
Fetch = Callable[[int, int, Callable[[], None]], None]  # from, to, and what to do once those can be made


class FewAtATime(QWidget):
    """`first` of them at once, the next thirty for each press of the link below, which goes when all are there.

    `about`: what of, for whoever hears the link without what stands above it. `fetch` reads what the next are made of.
    """

    def __init__(
        self, makers: Sequence[Make], *, first: int, name: str, about: str = "", fetch: Fetch | None = None
    ) -> None:
        super().__init__()
        self._makers, self._name, self._about = makers, name, about
        self._fetch = fetch
        self._shown = 0
        self._foot: QWidget | None = None
        self._box = column(self, gap=0)
        self._add(first)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_rules(QPainter(self), self)

    def _go_on(self) -> None:
        if self._fetch is None:
            self._show_next()
        else:
            self._fetch(self._shown, self._shown + NEXT, self._show_next)

    def _show_next(self) -> None:
        """The keyboard goes to the first that is new."""
        new = self._add(NEXT)
        stops = [one for one in (new, *new.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, count: int) -> QWidget:
        """The first of those that were added. The link is made anew, so that it comes after them."""
        if self._foot is not None:
            self._foot.hide()
            self._foot.deleteLater()
        made = [make() for make in self._makers[self._shown : self._shown + count]]
        for one in made:
            if self._shown:
                add_rule(self._box, one)
            self._box.addWidget(one)
            self._shown += 1
        self._foot = self._link() if self._shown < len(self._makers) else None
        return made[0] if made else self

    def _link(self) -> QWidget:
        every, side = len(self._makers), look().room(16)
        words = f"Show all {every}" if every - self._shown <= NEXT else f"Show {NEXT} more of {every}"
        more = Link(words, name=self._name, size="caption")
        more.setAccessibleDescription(self._about)
        more.clicked.connect(self._go_on)
        foot = padded(more, (side, look().room(8), side, look().room(8)))
        self._box.addWidget(foot)
        return foot
