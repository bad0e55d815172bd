"""The places bar: where a person can go, always in the same order."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop.ui.frame.brand_mark import Mark
from desktop.ui.kit.basics.height_for_width import EnterButton
from desktop.ui.kit.basics.layout import column
from desktop.ui.theme import draw_icon, look, menu_sheet

PLACES = (
    ("today", "Today", "calendar-days"),
    ("find", "Find", "search"),
    ("children", "Children", "users"),
    ("sending", "Sending", "send"),
    ("settings", "Settings", "settings"),
)
# Offered to whoever manages a team, sits in a group, reads figures, or has cases.
OWN = (
    ("team", "Team", "list-checks"),
    ("groups", "Groups", "messages-square"),
    ("figures", "Figures", "chart-column"),
    ("caseload", "Caseload", "table-2"),
)
ACTS = (("help", "Help", "circle-question-mark"), ("hide", "Hide", "eye-off"), ("lock", "Lock", "lock"))
WIDTH = 92
TALL, LOWER, MANY = 62, 54, 10  # px of a place; with more of them than MANY they are lower


def own_places(role: str) -> frozenset[str]:
    """The places that a role has and not everybody."""
    from desktop.flows.caseload.case_table import tables_for  # noqa: PLC0415
    from desktop.flows.figures.scorecards import may_see_figures  # noqa: PLC0415 - no place is asked for at the door
    from desktop.flows.groups.meeting_list import may_see_groups  # noqa: PLC0415
    from desktop.flows.team.exceptions import may_see_team  # noqa: PLC0415

    found = {
        "team": may_see_team(role),
        "groups": may_see_groups(role),
        "figures": may_see_figures(role),
        "caseload": bool(tables_for(role)),
    }
    return frozenset(place for place, has in found.items() if has)


def places_for(own: frozenset[str] = frozenset()) -> tuple[tuple[str, str, str], ...]:
    """`own`: the places that not everybody has."""
    return (*PLACES[:3], *(place for place in OWN if place[0] in own), *PLACES[3:])


class PlacesBar(QWidget):
    """`chosen` names the place or the act."""

    chosen = Signal(str)

    def __init__(self, own: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.setFixedWidth(look().px(WIDTH))
        self.setAccessibleName("Places")
        self.buttons: dict[str, _Place] = {}
        box = column(self, gap=2, margins=(6, 12, 6, 12))
        box.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(12)
        places = places_for(own)
        self._tall = TALL if len(places) + len(ACTS) <= MANY else LOWER
        for name, words, icon in places:
            box.addWidget(self._button(name, words, icon))
        box.addStretch(1)
        for name, words, icon in ACTS:
            box.addWidget(self._button(name, words, icon))

    def light(self, place: str) -> None:
        for name, button in self.buttons.items():
            button.lit = name == place
            button.setAccessibleDescription("You are here" if button.lit else "")
            button.update()
        self.update()

    def count(self, waiting: int) -> None:
        """The number beside Sending."""
        button = self.buttons["sending"]
        button.number = waiting
        button.setAccessibleName(f"Sending, {waiting} waiting" if waiting else "Sending")
        button.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("bar"))
        for button in self.buttons.values():
            if button.lit:
                edge = QRectF(0, button.y() + 12, 4, button.height() - 24)
                painter.fillRect(edge, look().colour("bar_edge"))

    def _button(self, name: str, words: str, icon: str) -> _Place:
        button = _Place(words, icon, f"place/{name}", self._tall)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self.buttons[name] = button
        return button


def places_menu(parent: QWidget, go: SignalInstance, own: frozenset[str] = frozenset()) -> QMenu:
    """The same places as a menu, for large text and narrow windows."""
    menu = QMenu(parent)
    menu.setStyleSheet(menu_sheet())
    for name, words, _icon in (*places_for(own), *ACTS):
        action = menu.addAction(words)
        action.setObjectName(f"menu/{name}")
        action.triggered.connect(lambda _on=False, name=name: go.emit(name))
    return menu


class _Place(EnterButton):
    def __init__(self, words: str, icon: str, name: str, tall: int) -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._words, self._icon = words, icon
        self.lit, self.number = False, 0
        self._top = 7 if tall == TALL else 4
        self.setFixedHeight(look().px(tall))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.lit or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("bar_on"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        ink = now.colour("bar_text_on" if self.lit or self.underMouse() else "bar_text")
        side = now.px(24)
        draw_icon(painter, self._icon, QRectF((self.width() - side) / 2, now.px(self._top), side, side), ink)
        painter.setPen(ink)
        painter.setFont(now.font("caption_strong" if self.lit else "caption"))
        below = now.px(self._top + 26)
        words = QRect(0, below, self.width(), self.height() - below)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), self._words)
        if self.number:
            self._paint_number(painter)

    def _paint_number(self, painter: QPainter) -> None:
        now = look()
        painter.setFont(now.font("caption_strong"))
        text = str(self.number)
        wide = max(now.px(20), painter.fontMetrics().horizontalAdvance(text) + 10)
        box = QRectF(self.width() - wide - 2, now.px(4), wide, now.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("bar_text"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(now.colour("bar"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
