"""The line that is open: what may be decided about it, or about an episode that police do not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.flows.children import Child
from desktop.flows.police import police_listed
from desktop.flows.police.police_months import EpisodeHere, OnlyHere, PoliceEntry
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, beside, column, spacer, stacked
from desktop.ui.kit.basics.panels import padded
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.theme import look


class EntryPanel(QWidget):
    """Of a line of the police’s."""

    same = Signal(str)
    opened = Signal(str)
    not_ours = Signal()
    recorded = Signal(str, bool)
    again = Signal()

    def __init__(self, entry: PoliceEntry, here: Mapping[str, EpisodeHere], why: LineBox, who: Sequence[Child]) -> None:
        super().__init__()
        self._entry, self._why = entry, why
        parts = [self._decided(here)] if entry.decision else [*self._hints(here), self._acts()]
        if who:
            parts.append(self._which_child(who))
        side = look().room(16)
        _stacked_in(self, *(padded(one, (side, look().room(6), side, look().room(6))) for one in parts))

    def _hints(self, here: Mapping[str, EpisodeHere]) -> list[QWidget]:
        found: list[QWidget] = []
        for hint in self._entry.suggestions:
            one = here.get(hint.episode_id)
            if one is None:
                continue
            opens = Link(one.child.name_and_age, name=f"police/look/{hint.episode_id}")
            opens.clicked.connect(partial(self._opened, hint.episode_id))
            same = Button("Same episode", name=f"police/same/{hint.episode_id}", small=True)
            same.setAccessibleDescription(one.child.name)
            same.clicked.connect(partial(self._same, hint.episode_id))
            words = stacked(opens, label(police_listed.episode_said(one)), label(hint.why, "caption", "muted"), gap=0)
            found.append(beside(words, same, gap=12, stretch=0))
        if not found:
            found.append(label("No episode recorded here is like it.", "body", "muted"))
        return found

    def _acts(self) -> QWidget:
        asks = label("Not ours, because", "caption", "muted")
        asks.setBuddy(self._why)
        refuse = Button("Not ours", name="police/not-ours", small=True)
        refuse.clicked.connect(self.not_ours)
        record = Button("Record it here", name="police/record", small=True)
        record.clicked.connect(lambda: self.recorded.emit("", False))
        line = _box_and_acts(self._why, refuse, record)
        return stacked(asks, line, gap=4)

    def _decided(self, here: Mapping[str, EpisodeHere]) -> QWidget:
        again = Button("Decide again", name="police/again", small=True)
        again.clicked.connect(self.again)
        one = here.get(self._entry.episode_id)
        if one is None:
            return beside(label(police_listed.decided_said(self._entry)), again, gap=12, stretch=0)
        opens = Link(one.child.name_and_age, name=f"police/look/{one.episode_id}")
        opens.clicked.connect(partial(self._opened, one.episode_id))
        return beside(stacked(opens, label(police_listed.episode_said(one)), gap=0), again, gap=12, stretch=0)

    def _which_child(self, who: Sequence[Child]) -> QWidget:
        """A child who may be here already is not begun twice: a person says who it is."""
        holder = QWidget()
        box = Flow(holder, gap=8)
        for child in who:
            same = Button(f"It is {child.name_and_age}", name=f"police/is/{child.child_id}", small=True)
            same.clicked.connect(lambda _on=False, found=child.child_id: self.recorded.emit(found, False))
            box.addWidget(same)
        other = Button("It is another child", name="police/new", small=True)
        other.clicked.connect(lambda: self.recorded.emit("", True))
        box.addWidget(other)
        asks = label("Somebody here already may be this child. Who is it?", "caption_strong")
        return stacked(asks, holder, gap=4)

    def _same(self, episode_id: str, _on: bool = False) -> None:
        self.same.emit(episode_id)

    def _opened(self, episode_id: str, _on: bool = False) -> None:
        self.opened.emit(episode_id)


class OurPanel(QWidget):
    """Of an episode that police do not have."""

    asked = Signal()
    not_reported = Signal()
    opened = Signal(str)

    def __init__(self, one: OnlyHere, words: LineBox) -> None:
        super().__init__()
        asks = label("Who at the police was asked and how, or why it was not for police", "caption", "muted")
        asks.setBuddy(words)
        asked = Button("Police were asked", name="police/were-asked", small=True)
        asked.clicked.connect(self.asked)
        ours = Button("Not for police", name="police/not-reported", small=True)
        ours.clicked.connect(self.not_reported)
        opens = Link("Open the episode", name=f"police/look/{one.here.episode_id}")
        opens.clicked.connect(lambda: self.opened.emit(one.here.episode_id))
        side = look().room(16)
        line = _box_and_acts(words, asked, ours)
        _stacked_in(self, padded(stacked(asks, line, opens, gap=4), (side, look().room(6), side, look().room(6))))


def _box_and_acts(box: LineBox, *acts: QWidget) -> QWidget:
    """Beside each other where there is room."""
    if look().narrow:
        return stacked(box, beside(*acts, spacer(), gap=12), gap=8)
    return beside(box, *acts, gap=12, stretch=0)


def _stacked_in(parent: QWidget, *widgets: QWidget) -> None:
    box = column(parent)
    for widget in widgets:
        box.addWidget(widget)
