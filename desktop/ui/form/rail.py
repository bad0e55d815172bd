"""The rail of sections: where you are, what is done, and a look for gaps. As a menu when there is little room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from casework.forms.definition import Section
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.height_for_width import WrappingButton, height_now
from desktop.ui.kit.basics.labels import hairline
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import EDGE, Scroller
from desktop.ui.theme import draw_icon, look, menu_sheet

WIDTH = 236
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


class _Item(WrappingButton):
    """The whole line is the target. “Done” is plain: only a problem is ever red."""

    def __init__(self, section: Section) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self.setText(section.title.replace("&", "&&"))
        self._section, self._here, self._state = section, False, ""
        self.setObjectName(f"rail/{section.id}")

    def say(self, *, here: bool, state: str) -> None:
        said = (here, STATES.get(state, ""))
        if said == (self._here, self._state) and self.accessibleName():
            return
        self._here, self._state = said
        words = f"{self._section.number} {self._section.title}"
        self.setAccessibleName(f"{words}, {self._state}" if self._state else words)
        self.setAccessibleDescription("You are here" if here else "")
        self._tall = height_now(self, self._tall)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH) - 1, max(look().px(42), self._tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(42))

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, self._words_room(width), 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        text = QFontMetrics(look().font("strong")).boundingRect(room, flags, self._section.title)
        return max(look().px(42), text.height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        if self._here or self.underMouse():
            painter.fillRect(self.rect(), now.colour("select" if self._here else "sunk"))
        if self._here:
            painter.fillRect(0, 0, EDGE, self.height(), now.colour("primary"))
        painter.setFont(now.font("strong" if self._here else "body"))
        painter.setPen(now.colour("text" if self._here else "muted"))
        number = QRect(INDENT, 0, now.px(20), self.height())
        painter.drawText(number, int(MIDDLE | Qt.AlignmentFlag.AlignRight), str(self._section.number))
        painter.setPen(now.colour("text"))
        left = INDENT + now.px(20) + 8
        room = QRect(left, 0, self._words_room(self.width()), self.height())
        painter.drawText(room, int(MIDDLE) | int(Qt.TextFlag.TextWordWrap), self._section.title)
        self._paint_state(painter)

    def _paint_state(self, painter: QPainter) -> None:
        if not self._state or self._here:
            return
        now = look()
        painter.setFont(now.font("caption"))
        painter.setPen(now.colour("muted"))
        room = QRect(0, 0, self.width() - 12, self.height())
        painter.drawText(room, int(MIDDLE | Qt.AlignmentFlag.AlignRight), self._state)
        if self._state == STATES["done"]:
            side = now.px(16)
            wide = painter.fontMetrics().horizontalAdvance(self._state)
            at = QRectF(self.width() - 12 - wide - side - 3, (self.height() - side) / 2, side, side)
            draw_icon(painter, "check", at, now.colour("muted"))

    def _words_room(self, width: int) -> int:
        """What is left of the line once the state, if one is shown, has its own."""
        state = 0
        if self._state and not self._here:
            tick = look().px(16) + 3 if self._state == STATES["done"] else 0
            state = QFontMetrics(look().font("caption")).horizontalAdvance(self._state) + tick + 6
        return max(width - INDENT - look().px(20) - 8 - state - 10, 40)


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
