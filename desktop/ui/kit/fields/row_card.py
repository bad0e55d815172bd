"""One row: a line that sums it up, and below it, when open, its questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from casework.forms.definition import CAME_FROM, Question, QuestionType
from casework.forms.wording import display
from casework.records import cell_path
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import hairline, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import EDGE, Panel
from desktop.ui.kit.fields.editor import NarrativeEditor
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.record_answers import Answers, RowState, named
from desktop.ui.kit.fields.tick_later import is_statement
from desktop.ui.theme import look

HALF = {QuestionType.TEXT, QuestionType.NUMBER, QuestionType.DATE, QuestionType.YES_NO}


class RowCard(QWidget):
    """`toggled` and `removed` name the row."""

    toggled = Signal(str)
    removed = Signal(str)
    answered = Signal()

    def __init__(self, group: Question, state: RowState, answers: Answers, *, opened: bool) -> None:
        super().__init__()
        self._group, self._state, self._answers, self.opened = group, state, answers, opened
        self.path = f"r/{group.id}/{state.id}"
        self.fields: dict[str, Field] = {}
        self._ticks: dict[str, Field] = {}
        self._title = label("", "strong")
        self._arrow = Button(
            "", name=f"{self.path}/toggle", kind="quiet", icon="chevron-up" if opened else "chevron-down"
        )
        self._line = label("", "caption", "muted")
        box = column(self)
        box.addWidget(self._summary())
        if opened:
            box.addWidget(hairline())
            box.addWidget(self._questions())
        self._say()

    def target(self) -> QWidget:
        """The first box of an open row, else the arrow that opens it."""
        first = next((field for field in self.fields.values() if field.isVisibleTo(self)), None)
        return first.target() if first is not None else self._arrow

    def _summary(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12, margins=(look().room(16), look().room(7), look().room(8), look().room(7)))
        words: QVBoxLayout = column(gap=1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        line.addLayout(words, 1)
        for question in self._group.columns:
            if is_statement(question):
                line.addWidget(self._tick(question), 0, Qt.AlignmentFlag.AlignVCenter)
        self._arrow.clicked.connect(lambda: self.toggled.emit(self._state.id))
        line.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _tick(self, question: Question) -> Field:
        """“Add to plan” is ticked on the line itself, open or not."""
        field = Field(question, cell_path(self._group.id, self._state.id, question.id), self._answers, small=True)
        field.answered.connect(self._changed)
        self._ticks[question.id] = field
        return field

    def _questions(self) -> QWidget:
        holder = _Edged()
        side = look().room(16)
        grid = QGridLayout(holder)
        grid.setContentsMargins(side + EDGE, look().room(10), side, look().room(12))
        grid.setHorizontalSpacing(side)
        grid.setVerticalSpacing(look().room(10))
        across = 1 if look().narrow else 2
        place = 0
        for question in (q for q in self._group.columns if q.id not in self._ticks):
            place = self._put(grid, question, place, across)
        for number in range(across):
            grid.setColumnStretch(number, 1)
        if not self._answers.read_only:
            grid.addLayout(self._foot(), grid.rowCount(), 0, 1, across)
        self._show_columns()
        return holder

    def _put(self, grid: QGridLayout, question: Question, place: int, across: int) -> int:
        """Short answers stand two to a line; long ones take a line."""
        path = cell_path(self._group.id, self._state.id, question.id)
        field = Field(question, path, self._answers, small=True)
        field.answered.connect(self._changed)
        self.fields[question.id] = field
        widget = _voiced(self._group, question, field)
        wide = across == 1 or question.wide or question.type not in HALF or len(question.options) > 3
        if wide:
            place += place % across
            grid.addWidget(widget, place // across, 0, 1, across)
            return place + across
        grid.addWidget(widget, place // across, place % across, Qt.AlignmentFlag.AlignTop)
        return place + 1

    def _foot(self) -> QVBoxLayout:
        box = column(gap=0)
        line = row(gap=8)
        done = Button("Close", name=f"{self.path}/close", small=True)
        done.clicked.connect(lambda: self.toggled.emit(self._state.id))
        remove = Button("Remove", name=f"{self.path}/remove", kind="quiet", icon="trash-2", small=True)
        remove.clicked.connect(lambda: self.removed.emit(self._state.id))
        line.addWidget(done)
        line.addWidget(remove)
        line.addStretch(1)
        box.addLayout(line)
        return box

    def _changed(self, _path: str) -> None:
        self._say()
        self._show_columns()
        self.answered.emit()

    def _show_columns(self) -> None:
        for field in self.fields.values():
            shown = self._answers.shows(field.path)
            panel = field.parentWidget()
            (panel if isinstance(panel, Panel) else field).setVisible(shown)

    def _say(self) -> None:
        """The first summary column is the title; the others follow in one line."""
        values = self._values()
        names = self._group.summary or tuple(column.id for column in self._group.columns[:3])
        said = [self._said(name, values) for name in names]
        title = said[0] or "Nothing written yet"
        self._title.setText(title)
        came_from = str(values.get(CAME_FROM) or "")
        rest = ". ".join(text for text in (*said[1:], came_from) if text)
        self._line.setText(rest)
        self._line.setVisible(bool(rest))
        self._arrow.setAccessibleName(f"{'Close' if self.opened else 'Open'} {title}")

    def _said(self, name: str, values: Mapping[str, object]) -> str:
        question = self._group.column(name)
        value = values.get(name)
        if question is None or value in (None, "", []):
            return ""
        if question.type is QuestionType.YES_NO:
            words = named(question.short_label or question.label, self._answers.child).rstrip("?")
            return words if value is True else ""
        return display(question, value, self._answers.child)

    def _values(self) -> Mapping[str, object]:
        rows = self._answers.rows(self._group.id)
        return next((found.values for found in rows if found.id == self._state.id), {})


class RemovedRow(QWidget):
    """Where a removed row stood, until the page is left."""

    def __init__(
        self, group: Question, state: RowState, answers: Answers, path: str, restore: Callable[[], None]
    ) -> None:
        super().__init__()
        line = row(self, gap=12, margins=(look().room(16), look().room(10), look().room(16), look().room(10)))
        first = group.summary[0] if group.summary else group.columns[0].id if group.columns else ""
        question = group.column(first)
        value = state.values.get(first)
        known = question is not None and value is not None
        what = display(question, value, answers.child) if question and known else "An empty entry"
        line.addWidget(label(f"{what} was removed.", "body", "muted"), 1)
        link = Link("Put it back", name=f"r/{group.id}/{state.id}/restore")
        link.clicked.connect(restore)
        self.setObjectName(f"{path}/{state.id}/removed")
        line.addWidget(link)


class _Edged(QWidget):
    """The thick edge that says: this one is open."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, EDGE, self.height(), look().colour("primary"))


def _voiced(group: Question, question: Question, field: Field) -> QWidget:
    """Inside a row too the child's words stand on warm ground, and what the worker thinks of them on cool."""
    spoken = question.voice == "child" and isinstance(field.editor, NarrativeEditor)
    judged = question.voice == "worker" != group.voice and not field.editor.holds_label
    if not spoken and not judged:
        return field
    panel = Panel("voice" if spoken else "view")
    column(panel, margins=(look().room(16), look().room(8), look().room(12), look().room(10))).addWidget(field)
    return panel
