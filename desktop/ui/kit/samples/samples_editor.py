"""Samples of work in the report: five equal choices, the pictures as cards, and three ways to bring one in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from casework.records import cell_path, field_path
from desktop.flows.record.editing import new_row_id
from desktop.flows.record.samples import Sheet
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Tiles, column, empty, row, stacked
from desktop.ui.kit.boxes.dropped import dropped_files
from desktop.ui.kit.fields.attachments_field import FILTER
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.picture_work import Pictures, Place
from desktop.ui.kit.fields.record_answers import Answers, RowState
from desktop.ui.kit.samples.choices import PICTURES, Choices
from desktop.ui.kit.samples.drop_bar import DropBar
from desktop.ui.kit.samples.retouch import Retouch
from desktop.ui.kit.samples.sample_card import SampleCard, file_of
from desktop.ui.theme import look

WHY_NOT = "no_sample_reason"
CHOICES = (
    (PICTURES, "Pictures of work"),
    ("seen_not_copied", "Seen, but not copied"),
    ("sent_later", "Family will send later"),
    ("none_available", "None to hand that day"),
    ("parent_declined", "Family chose not to share"),
)
EQUAL = "Every choice here finishes the section. A family may show work and ask for no copy."
WITH_PICTURES = "To choose another answer, remove the pictures first."


class SamplesEditor(Editor):
    """Holds two questions: the pictures, and why there are none. A choice is never lost by looking at another."""

    answers_too = (WHY_NOT,)

    def __init__(self, question: Question, path: str, answers: Answers, pictures: Pictures) -> None:
        super().__init__()
        self._question, self._path, self._answers, self._pictures = question, path, answers, pictures
        self._open, self._retouching = "", ""
        self._wants_pictures = False
        self.cards: dict[str, SampleCard] = {}
        box = column(self, gap=look().room(12))
        self._choices = Choices(CHOICES, name=field_path(WHY_NOT), words="What can this report include?")
        self._why = label("", "caption", "muted", name=f"{path}/why")
        box.addWidget(stacked(self._choices, self._why, gap=6))
        self._holder = QWidget()
        self._list = column(self._holder, gap=look().room(12))
        self._table = column()
        box.addLayout(self._table)
        box.addWidget(self._holder)
        self._drop = DropBar(path)
        box.addWidget(self._drop)
        self._wire()

    def read(self) -> Read:
        return Read()

    def put(self, _value: JSON) -> None:
        """Draws the rows the record has now, and what still lies on the table."""
        rows = self._rows()
        empty(self._list)
        self.cards = {}
        self._holder.setVisible(bool(rows or self._removed()))
        closed = [state for state in rows if state.id not in (self._open, self._retouching)]
        for state in rows:
            if state.id == self._open and state.id != self._retouching:
                self._list.addWidget(self._card(state, opened=True))
        if closed:
            self._list.addWidget(self._grid(closed))
        for state in self._removed():
            self._list.addWidget(self._put_back(state))
        self._show_choice(rows)
        if self._table.isEmpty() and self._pictures.on_table and not self._answers.read_only:
            self._lay(self._pictures.on_table[0])

    def inputs(self) -> list[QWidget]:
        return [*self._choices.boxes.values(), self._drop.choose, self._drop.paste]

    def target(self) -> QWidget:
        chosen = [box for box in self._choices.boxes.values() if box.isChecked()]
        return chosen[0] if chosen else self._choices.boxes[PICTURES]

    def open_row(self, row_id: str) -> None:
        """Opens a card, for a person sent there by the error summary."""
        self._open = row_id
        self.put(None)

    def take(self, files: Sequence[Path]) -> None:
        """However they came: chosen, dropped or copied. A document is kept as it is; a picture is laid on the table."""
        for file in files:
            self._take_one(file)

    def _take_one(self, file: Path) -> None:
        self._pictures.open(self, file, lambda sheet: self._opened(sheet, file))

    def take_clipboard(self, found: QMimeData) -> bool:
        """True when there was a picture, or a file, on the clipboard."""
        files = dropped_files(found)
        if files:
            self.take(files)
        elif found.hasImage():
            self._pictures.paste(self, _png(QImage(found.imageData())), self._pasted)
        return bool(files) or found.hasImage()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take_clipboard(event.mimeData()):
            event.acceptProposedAction()

    def _wire(self) -> None:
        self.setAcceptDrops(not self._answers.read_only)
        self._drop.choose.clicked.connect(self._ask)
        self._drop.paste.clicked.connect(self._paste)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)
        for code, box in self._choices.boxes.items():
            box.clicked.connect(lambda _on=False, code=code: self._chose(code))

    def _rows(self) -> list[RowState]:
        return [state for state in self._answers.rows(self._question.id) if not state.removed]

    def _removed(self) -> list[RowState]:
        return [state for state in self._answers.rows(self._question.id) if state.removed]

    def _show_choice(self, rows: Sequence[RowState]) -> None:
        """With pictures there, the other answers wait until the pictures are removed: both would contradict."""
        why = self._answers.value(field_path(WHY_NOT))
        code = PICTURES if rows or self._wants_pictures else why if isinstance(why, str) else ""
        self._choices.put(code)
        for name, box in self._choices.boxes.items():
            box.setEnabled(not self._answers.read_only and (name == PICTURES or not rows))
        self._why.setText(WITH_PICTURES if rows else EQUAL)
        self._drop.setVisible(not self._answers.read_only and (code in ("", PICTURES)))

    def _chose(self, code: str) -> None:
        self._wants_pictures = code == PICTURES
        self._answers.put(field_path(WHY_NOT), None if code == PICTURES else code)
        self._show_choice(self._rows())
        self.edited.emit()

    def _grid(self, rows: Sequence[RowState]) -> QWidget:
        holder = QWidget()
        tiles = Tiles(holder, gap=12, least=look().px(250))
        for state in rows:
            tiles.addWidget(self._card(state, opened=False))
        return holder

    def _card(self, state: RowState, *, opened: bool) -> SampleCard:
        card = SampleCard(self._question, state, self._answers, self._pictures, opened=opened)
        card.opened.connect(self._toggle)
        card.retouched.connect(self._reopen)
        card.removed.connect(self._remove)
        card.answered.connect(self.edited)
        self.cards[state.id] = card
        return card

    def _put_back(self, state: RowState) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12)
        what = str(state.values.get("title") or file_of(state).get("name") or "A piece of work")
        line.addWidget(label(f"{what} was removed.", "body", "muted"), 1)
        link = Link("Put it back", name=f"r/{self._question.id}/{state.id}/restore")
        link.clicked.connect(lambda: self._restore(state.id))
        line.addWidget(link)
        return holder

    def _toggle(self, row_id: str) -> None:
        self._open = "" if self._open == row_id else row_id
        self._again()

    def _remove(self, row_id: str) -> None:
        self._answers.remove_row(self._question.id, row_id)
        self._again()

    def _restore(self, row_id: str) -> None:
        self._answers.restore_row(self._question.id, row_id)
        self._again()

    def _again(self) -> None:
        """After the click has run its course, since its own button is thrown away here."""
        QTimer.singleShot(0, self, self._drawn_again)

    def _drawn_again(self) -> None:
        """The keyboard goes where the work is: to the card that opened, else to the choices."""
        self.put(None)
        self.edited.emit()
        card = self.cards.get(self._open)
        (card.target() if card is not None else self.target()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, self._question.label, "", FILTER)
        self.take([Path(name) for name in names])

    def _paste(self) -> None:
        if not self.take_clipboard(QApplication.clipboard().mimeData()):
            text = "Copy a picture, or its file, then paste it here."
            self._pictures.say("There is no picture on the clipboard.", text)

    def _opened(self, sheet: Sheet | None, file: Path) -> None:
        if sheet is None:
            self._answers.attach(self._question.id, [file])
        else:
            self._pasted(sheet)

    def _pasted(self, sheet: Sheet) -> None:
        self._wants_pictures = True
        self._pictures.on_table.append(sheet)
        self._pictures.tell_what_is_left_behind(sheet)
        self.put(None)

    def _reopen(self, row_id: str) -> None:
        state = next(state for state in self._rows() if state.id == row_id)
        file = file_of(state)
        sha, name = str(file.get("sha256", "")), str(file.get("name", ""))
        self._pictures.reopen(self, sha, name, lambda sheet: self._lay(sheet, row_id, sha))

    def _lay(self, sheet: Sheet, row_id: str = "", instead_of: str = "") -> None:
        empty(self._table)
        self._retouching = row_id
        place = Place(self._question.id, row_id or new_row_id(), instead_of)
        table = Retouch(self._pictures, sheet, name=f"{self._path}/table", place=place)
        table.kept.connect(lambda file, hid: self._kept(file, place.row_id, hid=hid))
        table.left.connect(lambda: self._left(sheet))
        self._table.addWidget(table)
        if row_id:
            self.put(None)
        QTimer.singleShot(0, table, table.begin)

    def _kept(self, file: dict[str, JSON], row_id: str, *, hid: bool) -> None:
        """A new piece of work opens, so that it can be described while it lies there."""
        group = self._question.id
        if any(row.id == row_id for row in self._answers.rows(group)):
            self._answers.put(cell_path(group, row_id, "file"), file)
        else:
            self._answers.add_row(group, {"file": file}, row_id=row_id)
        if hid:
            self._answers.put(cell_path(group, row_id, "hide_names"), "hidden")
        self._open = row_id
        self._clear()

    def _left(self, sheet: Sheet) -> None:
        if sheet in self._pictures.on_table:
            self._pictures.on_table.remove(sheet)
        self._clear()

    def _clear(self) -> None:
        self._retouching = ""
        empty(self._table)
        self._again()


def _png(image: QImage) -> bytes:
    """In memory: a copied picture never touches a disk as it is."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows file names only
    return bytes(buffer.data().data())
