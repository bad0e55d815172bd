"""The header: the page's name, one line about it, and its acts at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import SideOrBelow, column, empty, row
from desktop.ui.theme import look


class Header(QWidget):
    """At least 76 px; grows when large text needs more lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(look().room(76))
        pair = SideOrBelow(self, gap=16, below=8)
        pair.setContentsMargins(0, 0, 0, 0)
        words = QWidget()
        lines = column(words, gap=2, margins=(24, 11, 0, 11))
        self._title = label("", "page", name="header/title")
        self._subtitle = label("", "caption", "muted", name="header/subtitle")
        lines.addWidget(self._title)
        lines.addWidget(self._subtitle)
        lines.addStretch(1)
        pair.addWidget(words)
        acts = QWidget()
        self._acts = row(acts, gap=16, margins=(24, 8, 24, 8))
        pair.addWidget(acts)

    def say(self, title: str, subtitle: str) -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.updateGeometry()

    def show_actions(self, actions: Sequence[QWidget]) -> None:
        """Made anew when the page changes; the keyboard stays with them if it was there."""
        here = QApplication.focusWidget()
        had = here is not None and self.isAncestorOf(here)
        empty(self._acts)
        for widget in actions:
            self._acts.addWidget(widget)
        self._acts.addStretch(1)
        self.updateGeometry()
        first = self.first_act()
        if had and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_act(self) -> QWidget | None:
        """Where the keyboard can start on a page that has nothing better."""
        found = (self._acts.itemAt(place) for place in range(self._acts.count()))
        widgets = [item.widget() for item in found if item is not None]
        return next((w for w in widgets if w is not None and w.focusPolicy() & Qt.FocusPolicy.TabFocus), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look().colour("hair"))
