"""Repeating things: places, people, offers, actions. Each is a line that opens to be written in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.record_answers import Answers, RowState, named
from desktop.ui.kit.fields.row_card import RemovedRow, RowCard


class RowsEditor(Editor):
    """Rows live in the record, not here; this draws them anew when one comes or goes."""

    def __init__(self, question: Question, path: str, answers: Answers) -> None:
        super().__init__()
        self._question, self._path, self._answers = question, path, answers
        self._open: set[str] = set()
        self.cards: dict[str, RowCard] = {}
        box = column(self, gap=8)
        self._holder = QWidget()
        self._list = column(self._holder)
        box.addWidget(self._holder)
        self._add = Button(
            named(question.add_label or "Add another", answers.child), name=f"{path}/add", kind="quiet", icon="plus"
        )
        self._add.clicked.connect(self._added)
        if answers.read_only:
            self._add.hide()  # and never “shown” before it has a parent: it would open as a window
        self.head = self._add

    def read(self) -> Read:
        return Read()

    def put(self, _value: JSON) -> None:
        """Draws the rows the record has now."""
        states = self._answers.rows(self._question.id)
        empty(self._list)
        self.cards = {}
        self._holder.setVisible(bool(states))
        if not states:
            return
        card = Card()
        for number, state in enumerate(states):
            card.add(self._row(state), line=number > 0)
        self._list.addWidget(card)

    def inputs(self) -> list[QWidget]:
        return [self._add]

    def open_row(self, row_id: str) -> None:
        """Opens a row, for a person sent there by the error summary."""
        if row_id not in self._open:
            self._open.add(row_id)
            self.put(None)

    def _row(self, state: RowState) -> QWidget:
        if state.removed:
            return RemovedRow(self._question, state, self._answers, self._path, self._act(self._restored, state.id))
        card = RowCard(self._question, state, self._answers, opened=state.id in self._open)
        card.toggled.connect(self._toggled)
        card.removed.connect(self._removed)
        card.answered.connect(self.edited)
        self.cards[state.id] = card
        return card

    def _act(self, act: Callable[[str], None], row_id: str) -> Callable[[], None]:
        return lambda: act(row_id)

    def _added(self) -> None:
        row_id = self._answers.add_row(self._question.id)
        self._open = {row_id}
        self._redraw(row_id)

    def _toggled(self, row_id: str) -> None:
        self._open ^= {row_id}
        self._redraw(row_id)

    def _removed(self, row_id: str) -> None:
        self._answers.remove_row(self._question.id, row_id)
        self._open.discard(row_id)
        self._redraw("")
        undo = self.findChild(QWidget, f"r/{self._question.id}/{row_id}/restore")
        if undo is not None:
            undo.setFocus()

    def _restored(self, row_id: str) -> None:
        self._answers.restore_row(self._question.id, row_id)
        self._redraw(row_id)

    def _redraw(self, focus_row: str) -> None:
        """After the click that asked for it has run its course, since its own button is thrown away here."""
        self.put(None)
        self.edited.emit()
        card = self.cards.get(focus_row)
        if card is not None:
            QTimer.singleShot(0, card, lambda: card.target().setFocus())
