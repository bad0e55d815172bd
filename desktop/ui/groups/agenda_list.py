"""The agenda at the left of a meeting: who is there, then each child with why, and whether they were spoken of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.flows.groups.meeting_list import MeetingItem
from desktop.flows.groups.minutes import Minutes
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import EDGE, Scroller
from desktop.ui.theme import look

WIDTH = 316
TOLD = "told:"
HERE = ""
"""What is chosen when it is no child: who is there, and putting a child on."""


def told_id(child_id: str) -> str:
    """Of a child whom the service told of: there is no item here to choose."""
    return f"{TOLD}{child_id}"


class AgendaList(Scroller):
    """One line is chosen; the focus stays where it was."""

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0), name="meeting/agenda")
        self._choose = choose
        if not look().narrow:
            self.setFixedWidth(look().px(WIDTH))

    def show_agenda(self, found: Minutes, chosen: str) -> None:
        empty(self.box)
        self.add(self._head(found))
        here = sum(one.came is True for one in found.meeting.members)
        self._line(HERE, "Who is here", counted(here, "person", "people"), "", is_chosen=chosen == HERE)
        for number, item in enumerate(found.items, 1):
            why = item.why[0] if item.why else ""
            title = f"{number}. {item.child.name_and_age}"
            self._line(item.record_id, title, why, _state(item), is_chosen=item.record_id == chosen)
        for number, other in enumerate(found.told, len(found.items) + 1):
            child, why = other.child, other.why[0].words if other.why else ""
            title = f"{number}. {child.name_and_age}"
            self._line(
                told_id(child.child_id), title, why, "Not on this laptop", is_chosen=told_id(child.child_id) == chosen
            )
        if found.told_line:
            self.add(self._padded(label(found.told_line, "caption", "muted")))
        if found.elsewhere_line:
            self.add(self._padded(label(f"And {found.elsewhere_line}.", "caption", "muted")))
        self.box.addStretch(1)

    def _head(self, found: Minutes) -> QWidget:
        return self._padded(
            label(
                f"{counted(len(found.items) + len(found.told), 'child', 'children')}, {found.done} done",
                "caption",
                "muted",
            )
        )

    def _line(self, item_id: str, title: str, text: str, state: str, *, is_chosen: bool) -> None:
        line = AgendaLine(title, text, state, name=f"meeting/item/{item_id or 'here'}", is_chosen=is_chosen)
        choose = self._choose
        line.clicked.connect(lambda _on=False: choose(item_id))
        self.add(line)

    @staticmethod
    def _padded(widget: QWidget) -> QWidget:
        holder, side = QWidget(), look().room(16)
        column(holder, margins=(side, look().room(10), side, look().room(6))).addWidget(widget)
        return holder


class AgendaLine(LineButton):
    """Chosen is a tint, a thick edge and a word."""

    def __init__(self, title: str, text: str, state: str, *, name: str, is_chosen: bool) -> None:
        super().__init__(title, text, name=name, tag=label(state, "caption_strong", wrap=False) if state else None)
        self._chosen = is_chosen
        said = [state, "Shown now" if is_chosen else ""]
        self.setAccessibleDescription(". ".join(part for part in said if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), look().colour("select"))
            painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))
            painter.end()
        super().paintEvent(event)


def _state(item: MeetingItem) -> str:
    return "Done" if item.is_done else "Carried over" if item.is_carried else ""
