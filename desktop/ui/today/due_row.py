"""One interview that is due: who, both clocks, and the one act."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.flows.due.interviews.interviews_due import Due
from desktop.ui.frame.clock_words import days_column, hours_column
from desktop.ui.frame.several_lines import LineOfWords, Lines
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import EDGE
from desktop.ui.theme import look

WHO, HOURS, DAYS, ACT = 212, 206, 178, 148


class DueRow(QWidget):
    """The chosen row has a tint and a thick edge, and holds the page's one filled button."""

    def __init__(self, due: Due, now: datetime) -> None:
        super().__init__()
        self.due, self._chosen = due, False
        side = look().room(16)
        narrow = look().narrow
        margins = (side, look().room(10), side, look().room(10))
        line = column(self, gap=8, margins=margins) if narrow else row(self, gap=16, margins=margins)
        who, hours, days = _who(due), hours_column(due.clocks, now), days_column(due.clocks, now)
        for part, width in ((who, WHO), (hours, HOURS), (days, DAYS)):
            if not narrow:
                part.setFixedWidth(look().px(width))
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(0 if narrow else 1)
        self.act = Button(due.act, name=f"today/start/{due.record_id or due.episode_id}", small=True)
        self._line, self._place = line, line.count()
        self._add_act(self.act)

    def choose(self, *, chosen: bool) -> None:
        self._chosen = chosen
        if chosen:
            name = self.act.objectName()
            self._line.removeWidget(self.act)
            self.act.deleteLater()
            self.act = Button(self.due.act, name=name, kind="primary", small=True)
            self._add_act(self.act)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), look().colour("select"))
            painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))

    def _add_act(self, act: Button) -> None:
        act.setMinimumWidth(look().px(ACT))
        act.setAccessibleDescription(f"{self.due.child.name}. {self.due.returned_line}. {self.due.state_line}")
        side = Qt.AlignmentFlag.AlignLeft if look().narrow else Qt.AlignmentFlag.AlignVCenter
        self._line.insertWidget(self._place, act, 0, side)


def column_heads() -> QWidget:
    holder = QWidget()
    side = look().room(16)
    line = row(holder, gap=16, margins=(side, 0, side, look().room(8)))
    for words, width in (("Child", WHO), ("72 hours", HOURS), ("3 working days", DAYS)):
        head = label(words, "caption", "muted", wrap=False)
        head.setFixedWidth(look().px(width))
        line.addWidget(head)
    line.addStretch(1)
    return holder


def _who(due: Due) -> QWidget:
    return Lines(
        LineOfWords(due.child.name_and_age, "strong"),
        LineOfWords(due.returned_line, "caption"),
        LineOfWords(due.state_line, "caption", "muted"),
        gap=1,
    )
