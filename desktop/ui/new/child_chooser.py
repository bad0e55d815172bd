"""Who a new record is about: a few letters of the name, then Enter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.flows.child.child_lines import WantedChildren, is_wanted
from desktop.flows.children import Child
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

FEW = 8


class ChildChooser(Card):
    """`chosen` carries the child's id."""

    chosen = Signal(str)

    def __init__(self, children: Sequence[Child]) -> None:
        super().__init__("Who is it about?")
        self._children = children
        self.box_of_name = line_box("new/name", "Name")
        self.box_of_name.textEdited.connect(self._fill)
        self.box_of_name.returnPressed.connect(self._take_first)
        side, gap = look().room(16), look().room(8)
        hint = f"A few letters of any of the {len(children)} names on this laptop." if len(children) > FEW else ""
        self.add(padded(titled("Name", hint, self.box_of_name), (side, gap, side, gap)))
        holder = QWidget()
        self._lines = column(holder)
        self.add(holder)
        self._fill("")

    def _fill(self, words: str) -> None:
        empty(self._lines)
        found = [child for child in self._children if is_wanted(child, WantedChildren(words))]
        if found:
            makers = [partial(self._line, child) for child in found]
            more = FewAtATime(makers, first=FEW, name="new/children/all", about="Children on this laptop")
            self._lines.addWidget(more)
        else:
            side, gap = look().room(16), look().room(10)
            none = label("Nobody on this laptop is called so. Add the child below.", "body", "muted")
            self._lines.addWidget(padded(none, (side, gap, side, gap)))

    def _line(self, child: Child) -> LineButton:
        line = LineButton(child.name_and_age, "", name=f"new/child/{child.child_id}")
        line.clicked.connect(lambda _on=False: self.chosen.emit(child.child_id))
        return line

    def _take_first(self) -> None:
        """Of what stands in the box: with nothing in it Enter would begin a record of whoever comes first."""
        wanted = WantedChildren(self.box_of_name.text())
        found = [child for child in self._children if is_wanted(child, wanted)] if wanted.words.strip() else []
        if found:
            self.chosen.emit(found[0].child_id)
