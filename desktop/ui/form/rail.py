"""The rail of sections: where you are, what is done, and a look for gaps. As a menu when there is little room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStyle, QWidget

from casework.forms.definition import Section
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.height_for_width import EnterButton
from desktop.ui.kit.basics.labels import hairline
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import EDGE, Scroller
from desktop.ui.theme import draw_icon, look, menu_sheet

WIDTH = 236
TALL = 40
INDENT = 12
STATES = {"done": "Done", "started": "Started"}
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Rail(QWidget):
    """`chosen` names the section."""

    chosen = Signal(str)
    gaps_asked = Signal()

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setFixedWidth(look().px(WIDTH))
        self.setAccessibleName("Sections")
        self.items = {section.id: _Item(section) for section in sections}
        box = column(self, margins=(0, 0, 1, 0))
        page = Scroller(gap=0, margins=(0, 8, 0, 0), name="rail")
        for section_id, item in self.items.items():
            item.clicked.connect(lambda _on=False, section_id=section_id: self.chosen.emit(section_id))
            page.add(item)
        page.box.addStretch(1)
        box.addWidget(page, 1)
        box.addWidget(hairline())
        foot = QWidget()
        foot.setFixedHeight(look().room(67))
        line = row(foot, margins=(16, 0, 16, 0))
        gaps = Button("Check for gaps", name="rail/gaps", icon="list-checks")
        gaps.setFixedHeight(look().room(44))
        gaps.clicked.connect(self.gaps_asked)
        line.addWidget(gaps, 1)
        box.addWidget(foot)

    def show_state(self, here: str, progress: Mapping[str, str], shown: frozenset[str]) -> None:
        """A section with nothing to ask, as the answers stand, is not listed."""
        for section_id, item in self.items.items():
            item.setVisible(section_id in shown)
            item.say(here=section_id == here, state=progress.get(section_id, ""))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look().colour("hair"))


class _Item(EnterButton):
    """The whole line is the target, and all are of one height. “Done” is plain: only a problem is ever red."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.setText(section.title.replace("&", "&&"))
        self._section, self._here, self._state = section, False, ""
        self.setObjectName(f"rail/{section.id}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, *, here: bool, state: str) -> None:
        said = (here, STATES.get(state, ""))
        if said == (self._here, self._state) and self.accessibleName():
            return
        self._here, self._state = said
        words = f"{self._section.number} {self._section.title}"
        self.setAccessibleName(f"{words}, {self._state}" if self._state else words)
        self.setAccessibleDescription("You are here" if here else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH) - 1, look().px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        if self._here or self.underMouse():
            painter.fillRect(self.rect(), now.colour("select" if self._here else "sunk"))
        if self._here:
            painter.fillRect(self._at(0, EDGE), now.colour("primary"))
        font = now.font("strong" if self._here else "body")
        painter.setFont(font)
        painter.setPen(now.colour("text" if self._here else "muted"))
        painter.drawText(self._at(INDENT, now.px(20)), self._side(at_end=True), str(self._section.number))
        left = INDENT + now.px(20) + 8
        room, wide = self.width() - left - INDENT, QFontMetrics(font).horizontalAdvance(self._section.title)
        painter.setPen(now.colour("text"))
        if wide > room:
            painter.setFont(now.font("caption_strong" if self._here else "caption"))  # in two lines of the same height
        words = self._side(at_end=False) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self._at(left, room), words, self._section.title)
        if self._state and not self._here:
            self._paint_state(painter, room - wide - 8)

    def _paint_state(self, painter: QPainter, room: int) -> None:
        """In words where the title leaves room, else the tick alone; its name says it in words either way."""
        now = look()
        painter.setFont(now.font("caption"))
        painter.setPen(now.colour("muted"))
        side = now.px(16) if self._state == STATES["done"] else 0
        wide = painter.fontMetrics().horizontalAdvance(self._state)
        words = wide + side + 3 <= room
        if words:
            painter.drawText(self._at(self.width() - INDENT - wide, wide), self._side(at_end=False), self._state)
        if side and side <= room:
            end = INDENT + (wide + 3 if words else 0)
            at = QRectF(self._at(self.width() - end - side, side))
            draw_icon(painter, "check", QRectF(at.x(), (self.height() - side) / 2, side, side), now.colour("muted"))

    def _at(self, start: int, wide: int) -> QRect:
        """A part of the line, counted from where reading begins."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(start, 0, wide, self.height()))

    def _side(self, *, at_end: bool) -> int:
        right = at_end is not self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(MIDDLE | side | Qt.AlignmentFlag.AlignAbsolute)


class SectionPicker(Button):
    """“4 of 12: In your words”: the rail as one button, for large text and narrow windows."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[Section], here: str, progress: Mapping[str, str]) -> None:
        place = next((n for n, section in enumerate(sections, 1) if section.id == here), 1)
        super().__init__(
            f"{place} of {len(sections)}: {sections[place - 1].title}", name="rail/menu", after="chevron-down"
        )
        self._sections, self._progress = sections, progress
        self.clicked.connect(self._open)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setStyleSheet(menu_sheet())
        menu.setObjectName("menu/sections")
        for section in self._sections:
            state = STATES.get(self._progress.get(section.id, ""), "")
            action = menu.addAction(f"{section.number}  {section.title}{', ' + state if state else ''}")
            action.setObjectName(f"menu/{section.id}")
            action.triggered.connect(lambda _on=False, section=section: self.chosen.emit(section.id))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
