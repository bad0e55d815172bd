"""One piece of work: its picture, and what is said of it; opened, its questions beside a larger picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from casework.forms.definition import Question
from casework.forms.wording import display
from casework.records import cell_path
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.scaled_picture import draw_fitted, draw_outline
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.picture_work import Pictures
from desktop.ui.kit.fields.record_answers import Answers, RowState, named
from desktop.ui.theme import look

TALL, LARGE = 150, 200
NAME = 84
SHORT = {"shows": "What it shows", "permission": "Permission", "hide_names": "Names"}


class Thumb(QLabel):
    """The picture across the top of its card; an outline until it is there, or for a document."""

    def __init__(self, words: str, tall: int) -> None:
        super().__init__()
        self._pixmap, self._tall = QPixmap(), tall
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: bytes | None) -> None:
        if picture is not None:
            self._pixmap.loadFromData(QByteArray(picture))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(self._tall))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, frame = QPainter(self), QRectF(self.rect())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame.adjusted(0, 0, 0, 8), 7, 7)
        painter.setClipPath(path)
        painter.fillRect(frame, look().colour("sunk"))
        if self._pixmap.isNull():
            draw_outline(painter, frame, "file-text", 32)
            return
        draw_fitted(painter, frame, self._pixmap, Qt.AspectRatioMode.KeepAspectRatio)


class SampleCard(Card):
    """`opened`, `retouched` and `removed` name the row; `answered` says that something on it was."""

    opened = Signal(str)
    retouched = Signal(str)
    removed = Signal(str)
    answered = Signal()

    def __init__(self, group: Question, state: RowState, answers: Answers, pictures: Pictures, *, opened: bool) -> None:
        super().__init__()
        self._group, self._state, self._answers = group, state, answers
        self.path = f"r/{group.id}/{state.id}"
        self.fields: dict[str, Field] = {}
        file = file_of(state)
        title = str(state.values.get("title") or file.get("name") or "A piece of work")
        thumb = Thumb(title, LARGE if opened else TALL)
        pictures.small(thumb, str(file.get("sha256", "")), thumb.show_picture)
        if opened:
            self._lay_open(thumb, is_picture=str(file.get("type", "")).startswith("image/"))
        else:
            self._lay_closed(thumb, title)

    def target(self) -> QWidget:
        """The first box of an open card."""
        first = next(iter(self.fields.values()), None)
        return first.target() if first is not None else self

    def _lay_closed(self, thumb: QWidget, title: str) -> None:
        self.add(thumb, line=False)
        self.add(self._named(title), line=False)
        for question in self._group.columns:
            said = self._said(question)
            if question.id != "title" and said:
                self.add(_line(SHORT.get(question.id, question.label), said))
        self.box.addStretch(1)

    def _named(self, title: str) -> QWidget:
        holder = QWidget()
        side = look().room(12)
        line = row(holder, gap=8, margins=(side, look().room(8), side, look().room(8)))
        line.addWidget(label(title, "strong"), 1)
        change = Link("See it" if self._answers.read_only else "Change", name=f"{self.path}/open")
        change.setAccessibleDescription(title)
        change.clicked.connect(lambda: self.opened.emit(self._state.id))
        line.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _lay_open(self, thumb: QWidget, *, is_picture: bool) -> None:
        """The picture at the left, its questions at the right; one under another when the text is large."""
        holder = QWidget()
        side = look().room(16)
        margins = (side, side, side, side)
        line = column(holder, gap=16, margins=margins) if look().narrow else row(holder, gap=20, margins=margins)
        left = QWidget()
        box = column(left, gap=10)
        box.addWidget(thumb)
        box.addWidget(self._acts(is_picture=is_picture))
        line.addWidget(left, 2, Qt.AlignmentFlag.AlignTop)
        questions = QWidget()
        asked = column(questions, gap=look().room(12))
        for question in self._group.columns:
            asked.addWidget(self._field(question))
        line.addWidget(questions, 3, Qt.AlignmentFlag.AlignTop)
        self.add(holder, line=False)

    def _acts(self, *, is_picture: bool) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=8)
        deeds: list[tuple[str, str, str, Callable[[], None]]] = [
            ("Close", "close", "check", lambda: self.opened.emit(self._state.id))
        ]
        if not self._answers.read_only:
            if is_picture:
                deeds.insert(0, ("Hide names, turn, crop", "retouch", "eye-off", self._retouch))
            deeds.append(("Remove", "remove", "trash-2", lambda: self.removed.emit(self._state.id)))
        for words, part, icon, deed in deeds:
            button = Button(words, name=f"{self.path}/{part}", icon=icon, small=True)
            button.clicked.connect(deed)
            flow.addWidget(button)
        return holder

    def _retouch(self) -> None:
        self.retouched.emit(self._state.id)

    def _field(self, question: Question) -> Field:
        field = Field(question, cell_path(self._group.id, self._state.id, question.id), self._answers, small=True)
        field.answered.connect(lambda _path: self.answered.emit())
        self.fields[question.id] = field
        return field

    def _said(self, question: Question) -> str:
        value = self._state.values.get(question.id)
        return display(question, value, self._answers.child) if value not in (None, "", []) else ""


def file_of(state: RowState) -> Mapping[str, object]:
    """What the row says of its file; empty when it has none."""
    file = state.values.get("file")
    return file if isinstance(file, dict) else {}


def _line(name: str, said: str) -> QWidget:
    holder = QWidget()
    side = look().room(12)
    margins = (side, look().room(6), side, look().room(6))
    line = column(holder, gap=1, margins=margins) if look().narrow else row(holder, gap=8, margins=margins)
    key = label(named(name, ""), "caption", "muted")
    if not look().narrow:
        key.setFixedWidth(look().px(NAME))
    line.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(said), 1)
    return holder
