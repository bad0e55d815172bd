"""Files that belong to an answer: chosen from the laptop, kept encrypted, listed with their names and what is asked
about each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from casework.records import cell_path
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.boxes.dropped import NOT_HERE, draw_ground, dropped_files
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.record_answers import Answers, RowState, named
from desktop.ui.theme import look

KINDS = "*.jpg *.jpeg *.png *.heic *.avif *.webp *.gif *.tif *.tiff *.bmp *.pdf *.docx *.xlsx *.odt *.txt"
FILTER = f"Pictures and documents ({KINDS});;All files (*)"


class AttachmentsEditor(Editor):
    """A file is listed once it is safely kept, not when it is chosen."""

    def __init__(self, question: Question, path: str, answers: Answers) -> None:
        super().__init__()
        self._question, self._answers = question, answers
        box = column(self, gap=8)
        self._holder = QWidget()
        self._list = column(self._holder)
        box.addWidget(self._holder)
        words = named(question.add_label or "Choose files", answers.child)
        self._choose = Button(words, name=f"{path}/add", icon="paperclip")
        self._choose.setAccessibleDescription(named(question.label, answers.child))
        self._choose.clicked.connect(self._asked)
        self._ground = DropGround(self._choose)
        if answers.read_only:
            self._ground.hide()
        box.addWidget(self._ground)
        self.setAcceptDrops(not answers.read_only)

    def read(self) -> Read:
        return Read()

    def put(self, _value: JSON) -> None:
        rows = [state for state in self._answers.rows(self._question.id) if not state.removed]
        empty(self._list)
        self._holder.setVisible(bool(rows))
        if rows:
            card = Card()
            for number, state in enumerate(rows):
                card.add(self._file(state), line=number > 0)
            self._list.addWidget(card)

    def inputs(self) -> list[QWidget]:
        return [self._choose]

    def take(self, files: list[Path]) -> None:
        """What a person chose, however they chose it."""
        if files:
            self._answers.attach(self._question.id, files)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Over a line of a file that is listed already too."""
        if event.mimeData().hasUrls():
            self._ground.hold(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._ground.hold(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """A copy is taken, whatever was proposed: the file stays where it was."""
        self._ground.hold(over=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        files = dropped_files(event.mimeData())
        if not files:
            self._answers.pictures.say(NOT_HERE, "")
        self.take(files)

    def _asked(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, self._question.label, "", FILTER)
        self.take([Path(name) for name in names])

    def _file(self, state: RowState) -> QWidget:
        holder = QWidget()
        box = column(holder)
        box.addWidget(self._line(state))
        if self._question.columns:
            box.addWidget(self._asked_about(state))
        return holder

    def _asked_about(self, state: RowState) -> QWidget:
        holder = QWidget()
        side = look().room(16)
        box = column(holder, gap=look().room(8), margins=(side, 0, side, look().room(12)))
        for question in self._question.columns:
            field = Field(question, cell_path(self._question.id, state.id, question.id), self._answers, small=True)
            field.answered.connect(lambda _path: self.edited.emit())
            box.addWidget(field)
        return holder

    def _line(self, state: RowState) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12, margins=(look().room(16), look().room(8), look().room(16), look().room(8)))
        line.addWidget(Icon("image"))
        file = state.values.get("file")
        name = str(file.get("name", "")) if isinstance(file, dict) else ""
        size = int(str(file.get("bytes", 0))) if isinstance(file, dict) else 0
        line.addWidget(label(name or "File", "strong"), 1)
        line.addWidget(label(_size(size), "caption", "muted", wrap=False))
        if not self._answers.read_only:
            remove = Link("Remove", name=f"r/{self._question.id}/{state.id}/remove", size="caption")
            remove.setAccessibleDescription(name)
            remove.clicked.connect(lambda: self._removed(state.id))
            line.addWidget(remove)
        return holder

    def _removed(self, row_id: str) -> None:
        self._answers.remove_row(self._question.id, row_id)
        self.put(None)
        self.edited.emit()


class DropGround(QWidget):
    """Where files may be dropped, and the button that does the same by keys."""

    def __init__(self, choose: Button) -> None:
        super().__init__()
        self._over = False
        side = look().room(10)
        margins = (side, side, side, side)
        line = column(self, gap=8, margins=margins) if look().narrow else row(self, gap=12, margins=margins)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(label("Or drag pictures and documents here.", "caption", "muted"), 1)

    def hold(self, *, over: bool) -> None:
        """Whether files are held over it now."""
        self._over = over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_ground(self, over=self._over)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
