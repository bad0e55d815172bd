"""What becomes of one harbouring notice, under its line: until when it is renewed, or how it ended, why and by whom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.flows.harbouring.deciding_notice import ENDINGS
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer, stacked
from desktop.ui.kit.boxes.line_box import LineBox, line_box
from desktop.ui.theme import look

UNTIL, WHY, BY = "Until which day, as 27/03/2026", "Why", "Who decided"


class DecidingNotice(QWidget):
    """`decided` when the button of the deed was pressed; what is typed is kept until then."""

    decided = Signal()

    def __init__(self, shell: Shell, record_id: str, *, ends: bool) -> None:
        super().__init__()
        self.record_id, self.ends = record_id, ends
        asked = (("why", WHY), ("by", BY)) if ends else (("until", UNTIL), ("why", WHY))
        self.boxes = {name: line_box(f"harbouring/{name}", words) for name, words in asked}
        place = f"harbouring/{record_id}/{'end' if ends else 'renew'}"
        self._kept = {name: KeptBox(shell, "harbouring", f"{place}/{name}", box) for name, box in self.boxes.items()}
        self.how = DropDown(list(ENDINGS.items()), name="harbouring/how", label="How it ended", nothing="Choose how")
        act = Button("It has ended" if ends else "Renew it", name="harbouring/decide", kind="primary", key="Ctrl+Enter")
        act.clicked.connect(self.decided)
        parts = [_asked("How it ended", self.how)] if ends else []
        parts += [_asked(words, self.boxes[name]) for name, words in asked]
        column(self, gap=look().room(10)).addWidget(stacked(*parts, beside(act, spacer(), gap=0), gap=look().room(10)))

    def words(self, name: str) -> str:
        return self.boxes[name].words()

    def save_now(self) -> None:
        for kept in self._kept.values():
            kept.save_now()

    def forget(self) -> None:
        """The deed is done."""
        for kept in self._kept.values():
            kept.forget()


def _asked(words: str, box: LineBox | DropDown) -> QWidget:
    asks = label(words, "caption", "muted")
    asks.setBuddy(box)
    return stacked(asks, box, gap=4)
