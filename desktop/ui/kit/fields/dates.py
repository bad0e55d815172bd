"""Editors for days and times: plain boxes, since a calendar widget cannot be empty (ux 2)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.forms.definition import Question
from casework.forms.vocabulary import NONE_CODES
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, stacked
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.boxes.line_box import LineBox, line_box
from desktop.ui.kit.fields.dates_and_numbers import (
    Read,
    clock_part,
    date_parts,
    is_twice,
    read_date,
    read_moment,
    split_date,
)
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.theme import look

ASK_WHICH = "Was that before or after the clocks went back?"
WHICH = (("first", "Before"), ("second", "After"))
PARTS = (("day", "Day", 60), ("month", "Month", 84), ("year", "Year", 84))


class DateEditor(Editor):
    """Day, month, year; “About” when the question takes a rough answer; “Not known” where that is an answer."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._boxes: dict[str, LineBox] = {}
        self._flow = Flow(self, gap=look().room(12))
        for part, title, width in self._parts():
            self._flow.addWidget(self._part(part, title, width, name, words))
        self._about = self._tick("About", f"{name}/about", words) if question.approximate else None
        self._none = {
            code: self._tick(NONE_CODES[code], f"{name}/none/{code}", words) for code in question.none_allowed
        }
        for box in self._boxes.values():
            box.setReadOnly(question.read_only)
        self._boxes["day"].textEdited.connect(self._spread)

    def read(self) -> Read:
        for code, tick in self._none.items():
            if tick.isChecked():
                return Read({"none": code})
        return self._read(about=self._about is not None and self._about.isChecked())

    def put(self, value: JSON) -> None:
        none = value.get("none") if isinstance(value, dict) else None
        for code, tick in self._none.items():
            tick.setChecked(code == none)
        day, month, year, about = date_parts(value)
        for part, text in (("day", day), ("month", month), ("year", year)):
            self._boxes[part].put(text)
        if self._about is not None:
            self._about.setChecked(about)

    def raw(self) -> JSON:
        """Every box and tick, as it stands."""
        ticked: dict[str, JSON] = {code: tick.isChecked() for code, tick in self._ticks().items()}
        return {**ticked, **{part: box.words() for part, box in self._boxes.items()}}

    def put_raw(self, raw: JSON) -> None:
        if not isinstance(raw, dict):
            self.put(raw)
            return
        for part, box in self._boxes.items():
            box.put(str(raw.get(part, "")))
        for code, tick in self._ticks().items():
            tick.setChecked(raw.get(code) is True)

    def inputs(self) -> list[QWidget]:
        return list(self._boxes.values())

    def _ticks(self) -> dict[str, CheckBox]:
        return self._none if self._about is None else {**self._none, "about": self._about}

    def _parts(self) -> tuple[tuple[str, str, int], ...]:
        return PARTS

    def _read(self, *, about: bool) -> Read:
        texts = {part: box.text() for part, box in self._boxes.items()}
        return read_date(texts["day"], texts["month"], texts["year"], about=about)

    def _part(self, part: str, title: str, width: int, name: str, words: str) -> QWidget:
        box = line_box(f"{name}/{part}", f"{words} {title}")
        box.setFixedWidth(look().px(width))
        box.textEdited.connect(lambda _text: self._typed())
        self._boxes[part] = box
        caption = label(title, "caption", "muted", wrap=False)
        caption.setBuddy(box)
        return stacked(caption, box, gap=2)

    def _tick(self, words: str, name: str, question: str) -> CheckBox:
        tick = CheckBox(words, name=name)
        tick.setAccessibleDescription(question)
        tick.clicked.connect(lambda _on: self.edited.emit())
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, label("A", "caption").sizeHint().height() + 2, 0, 0)
        line.addWidget(tick)
        holder.setFixedHeight(line.contentsMargins().top() + look().room(40))
        self._flow.addWidget(holder)
        return tick

    def _typed(self) -> None:
        """Typing a date takes back “not known”."""
        for tick in self._none.values():
            tick.setChecked(False)
        self.edited.emit()

    def _spread(self, text: str) -> None:
        """A whole date in the first box goes where it belongs."""
        parts = split_date(text)
        if parts is None:
            return
        for part, piece in zip(("day", "month", "year"), parts, strict=True):
            self._boxes[part].put(piece)
        self.edited.emit()


class MomentEditor(DateEditor):
    """A day and a time on the clock; in the hour that October’s clocks show twice it asks which."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__(question, name, words)
        self._which = Segments(WHICH, name=f"{name}/which", label=ASK_WHICH, small=True)
        self._which.setEnabled(not question.read_only)
        self._which.chosen.connect(lambda _code: self.edited.emit())
        self._asked = stacked(label(ASK_WHICH, "caption", "muted", wrap=False), self._which, gap=2)
        self._flow.addWidget(self._asked)
        self._asked.hide()
        self.edited.connect(self._ask_which)

    def put(self, value: JSON) -> None:
        super().put(value)
        self._boxes["time"].put(clock_part(value))
        if isinstance(value, str):
            day, month, year, _about = date_parts(_local_day(value))
            for part, text in (("day", day), ("month", month), ("year", year)):
                self._boxes[part].put(text)
        self._which.put(_which(value))
        self._ask_which()

    def raw(self) -> JSON:
        found = super().raw()
        return {**found, "which": self._which.code()} if isinstance(found, dict) else found

    def put_raw(self, raw: JSON) -> None:
        super().put_raw(raw)
        which = raw.get("which") if isinstance(raw, dict) else None
        self._which.put(which if isinstance(which, str) else None)
        self._ask_which()

    def _parts(self) -> tuple[tuple[str, str, int], ...]:
        return (*PARTS, ("time", "Time, such as 14:32", 96))

    def _read(self, *, about: bool) -> Read:
        later = {"first": False, "second": True}.get(self._which.code() or "")
        day, month, year, clock = (self._boxes[part].text() for part in ("day", "month", "year", "time"))
        return read_moment(day, month, year, clock, about=about, later=later)

    def _ask_which(self) -> None:
        """Asked only where it matters; an answer for another time is taken back."""
        twice = is_twice(*(self._boxes[part].text() for part in ("day", "month", "year", "time")))
        if not twice:
            self._which.put(None)
        if twice is self._asked.isHidden():
            self._asked.setVisible(twice)
            self.updateGeometry()
            if twice:
                announce(self._which, ASK_WHICH)


def _which(value: JSON) -> str | None:
    if not isinstance(value, str) or len(value) <= 10:
        return None
    return "second" if datetime.fromisoformat(value).astimezone(LONDON).fold else "first"


def _local_day(value: str) -> str:
    """The day in England of a moment kept with any offset."""
    return datetime.fromisoformat(value).astimezone(LONDON).date().isoformat() if len(value) > 10 else value
