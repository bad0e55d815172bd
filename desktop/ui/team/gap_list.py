"""The lists at the left of Team, each with how many stand in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.flows.team.exception_row import TITLES, Gap, Groups
from desktop.flows.team.exceptions import Team
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import EDGE, Scroller
from desktop.ui.theme import look

WIDTH, LOW = 272, 150  # px at 100 %: beside the table, and above it


class GapList(Scroller):
    """One of them is chosen, and says so to whoever listens; the focus stays where it was."""

    def __init__(self, groups: Groups, choose: Callable[[Gap], None]) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0), name="team/lists")
        self._lines: dict[Gap, GapLine] = {}
        if look().narrow:
            self.setFixedHeight(look().px(LOW))
        else:
            self.setFixedWidth(look().px(WIDTH))
        for title, gaps in groups:
            head = QWidget()
            side = look().room(16)
            column(head, margins=(side, look().room(10), side, 2)).addWidget(label(title, "caption", "muted"))
            self.add(head)
            for gap in gaps:
                self._lines[gap] = line = GapLine(gap)
                line.clicked.connect(lambda _on=False, gap=gap: choose(gap))
                self.add(line)
        self.box.addStretch(1)

    def show_team(self, team: Team, chosen: Gap) -> None:
        counts = team.counts()
        for gap, line in self._lines.items():
            line.say(counts[gap], is_chosen=gap is chosen)


class GapLine(LineButton):
    """Chosen is a tint, a thick edge and a word."""

    def __init__(self, gap: Gap) -> None:
        self._number: QLabel = label("", "strong", wrap=False)
        super().__init__(TITLES[gap], "", name=f"team/list/{gap}", tag=self._number)
        self._gap, self._chosen = gap, False

    def say(self, count: int, *, is_chosen: bool) -> None:
        self._number.setText(str(count))
        self._chosen = is_chosen
        self.setAccessibleName(f"{TITLES[self._gap]}, {count}")
        self.setAccessibleDescription("Shown now" if is_chosen else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), look().colour("select"))
            painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))
            painter.end()
        super().paintEvent(event)
