"""Editors for days and times: plain boxes, since a calendar widget cannot be empty (ux 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casework.canonical import JSON
from casework.dates_in_words import LONDON, MONTHS
from casework.forms.definition import Question
from casework.forms.vocabulary import NONE_CODES
from desktop.ui.kit.basics.buttons import Button, Link
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
PARTS = (("day", "Day", 52), ("month", "Month", 116), ("year", "Year", 72))
DATE = ("day", "month", "year")
NEVER_TODAY = ("date_of_birth", "pupil_dob", "born")
TO_COME = ("by_when", "until", "by_day", "answer_by")


class DateEditor(Editor):
    """Day, month, year; “About” when the question takes a rough answer; “Not known” where that is an answer."""

    beside_label = True

    def __init__(self, question: Question, name: str, words: str, now: Callable[[], datetime] | None = None) -> None:
        """`now`: for a day and a time put in by one press; without it there is none."""
        super().__init__()
        self._boxes: dict[str, LineBox] = {}
        self._parts_shown: dict[str, QWidget] = {}
        self._now, self._words, self._name = None if question.read_only else now, words, name
        self._flow = Flow(self, gap=look().room(8))
        for part, title, width in PARTS:
            self._flow.addWidget(self._part(part, title, width, name, words))
        if _may_be_today(question):
            self._put_in("Today", "today", DATE)
        self._add_time()
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
        self._put_day(day, month, year)
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

    def _add_time(self) -> None:
        """Of a day there is none."""

    def _put_day(self, day: str, month: str, year: str) -> None:
        """The month by its name."""
        named = MONTHS[int(month) - 1] if month.isdecimal() and 1 <= int(month) <= len(MONTHS) else month
        for part, text in zip(DATE, (day, named, year), strict=True):
            self._boxes[part].put(text)

    def _put_in(self, words: str, what: str, parts: Sequence[str]) -> None:
        """A button that puts this moment, or the day of it, in the boxes."""
        if self._now is None:
            return
        button = Button(words, name=f"{self._name}/{what}", small=True)
        button.setAccessibleDescription(self._words)
        button.clicked.connect(lambda: self._put_this_moment(parts))
        self._flow.addWidget(self._under_caption(button, f"{what}/holder"))

    def _put_this_moment(self, parts: Sequence[str]) -> None:
        if self._now is None:
            return
        at = self._now().astimezone(LONDON)
        self._put_day(str(at.day), str(at.month), str(at.year))
        if "time" in parts:
            self._boxes["time"].put(f"{at:%H:%M}")
        announce(self, " ".join(self._boxes[part].text() for part in parts))
        self._typed()

    def _under_caption(self, widget: QWidget, part: str) -> QWidget:
        """On the line of the boxes, which have captions."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, label("A", "caption").sizeHint().height() + 2, 0, 0)
        line.addWidget(widget)
        holder.setFixedHeight(line.contentsMargins().top() + look().room(40))
        self._parts_shown[part] = holder
        return holder

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
        self._parts_shown[part] = stacked(caption, box, gap=2)
        return self._parts_shown[part]

    def _tick(self, words: str, name: str, question: str) -> CheckBox:
        tick = CheckBox(words, name=name)
        tick.setAccessibleDescription(question)
        tick.clicked.connect(lambda _on: self.edited.emit())
        self._flow.addWidget(self._under_caption(tick, name))
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
        for part, piece in zip(DATE, parts, strict=True):
            self._boxes[part].put(piece)
        self.edited.emit()


class MomentEditor(DateEditor):
    """A day and a time on the clock; in the hour that October’s clocks show twice it asks which."""

    was_put = Signal()  # shown by the program, not typed

    def __init__(self, question: Question, name: str, words: str, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(question, name, words, now)
        self._first: MomentEditor | None = None
        self._follows = self._is_own_day = False
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
            self._put_day(day, month, year)
        self._which.put(_which(value))
        self._ask_which()
        self._settle()

    def raw(self) -> JSON:
        found = super().raw()
        return {**found, "which": self._which.code()} if isinstance(found, dict) else found

    def put_raw(self, raw: JSON) -> None:
        super().put_raw(raw)
        which = raw.get("which") if isinstance(raw, dict) else None
        self._which.put(which if isinstance(which, str) else None)
        self._ask_which()
        self._settle()

    def follow(self, first: MomentEditor) -> None:
        """Of one meeting: the day is the first’s until another is typed, and only the time stands here. What is kept is
        whole all the same."""
        self._first, self.beside_label = first, False
        other = Link("Another day", name=f"{self._name}/other-day", size="caption")
        other.setAccessibleDescription(self._words)
        other.clicked.connect(self._takes_own_day)
        self._flow.addWidget(self._under_caption(other, "other-day"))
        first.edited.connect(self._go_along)
        first.was_put.connect(self._settle)
        self._settle()

    def target(self) -> QWidget:
        return self._boxes["time"] if self._follows else self._boxes["day"]

    def day_texts(self) -> list[str]:
        return [self._boxes[part].text() for part in DATE]

    def _settle(self) -> None:
        """The day is in sight where it is another than the first’s."""
        self.was_put.emit()
        if self._first is None:
            return
        own, firsts = self.day_texts(), self._first.day_texts()
        same = not any(own) or read_date(*own).value == read_date(*firsts).value is not None or own == firsts
        self._follows = same and not self._is_own_day
        if self._follows:
            self._put_day(*firsts)
        for part in (*DATE, "today/holder"):
            if part in self._parts_shown:
                self._parts_shown[part].setHidden(self._follows)
        self._parts_shown["other-day"].setHidden(not self._follows)
        self.updateGeometry()

    def _go_along(self) -> None:
        """Once the first’s day is whole again."""
        if self._first is None or not self._follows or read_date(*self._first.day_texts()).value is None:
            return
        before = self.day_texts()
        self._put_day(*self._first.day_texts())
        if self.day_texts() != before and self._boxes["time"].text():
            self.edited.emit()

    def _takes_own_day(self) -> None:
        self._is_own_day = True
        self._settle()
        self._boxes["day"].setFocus()
        self._boxes["day"].selectAll()

    def _put_this_moment(self, parts: Sequence[str]) -> None:
        super()._put_this_moment(parts)
        self._settle()

    def _add_time(self) -> None:
        self._flow.addWidget(self._part("time", "Time, such as 14:32", 76, self._name, self._words))
        self._put_in("Now", "now", (*DATE, "time"))

    def _read(self, *, about: bool) -> Read:
        if self._follows and not self._boxes["time"].text():
            return Read()
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


def _may_be_today(question: Question) -> bool:
    """Nobody of a caseload was born today, and a day to come is not today’s."""
    return question.id not in NEVER_TODAY and not question.id.startswith("next_") and not question.id.endswith(TO_COME)


def _which(value: JSON) -> str | None:
    if not isinstance(value, str) or len(value) <= 10:
        return None
    return "second" if datetime.fromisoformat(value).astimezone(LONDON).fold else "first"


def _local_day(value: str) -> str:
    """The day in England of a moment kept with any offset."""
    return datetime.fromisoformat(value).astimezone(LONDON).date().isoformat() if len(value) > 10 else value
