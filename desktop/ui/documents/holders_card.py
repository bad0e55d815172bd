"""Who holds a copy: to whom each went, and for a plan that is replaced, the notice that says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.flows.signing import copy_log as flow
from desktop.flows.signing.copy_log import CopyGiven
from desktop.flows.signing.recall_notice import recall_copy
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row, stacked
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look

MOST = 30


class HoldersCard(Card):
    """Fetches its own lines, and again when one has been made."""

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__("Who holds a copy", icon="users")
        self._shell, self._record_id = shell, record_id
        holder = QWidget()
        self._lines = column(holder)
        self.add(holder)
        self.refresh()

    def refresh(self) -> None:
        """Reads who has a copy on the store’s thread; asked for again when one was made."""
        desk, record_id = self._shell.desk, self._record_id
        self._shell.run(self, lambda: flow.copies_of(desk, record_id), self._show)

    def _show(self, found: Sequence[CopyGiven]) -> None:
        empty(self._lines)
        for one in found[:MOST]:
            self._lines.addWidget(self._line(one))
        if not found:
            self._lines.addWidget(_padded(label("No copy of it is known to have been made.", "body", "muted")))

    def _line(self, one: CopyGiven) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=12)
        state = label(one.state, "caption", "over" if one.is_old else "muted")
        line.addWidget(stacked(label(one.line), state, gap=2), 1)
        if one.is_old:
            act = Button("Save the notice", name=f"documents/recall/{one.record_id}", small=True)
            act.setAccessibleDescription(f"Tells {one.to_whom} that their copy is replaced")
            act.clicked.connect(partial(self._recall, one.record_id))
            line.addWidget(act)
        return _padded(holder)

    def _recall(self, copy_id: str, _on: bool = False) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the notice", "plan-replaced.pdf", "PDF (*.pdf)")
        if name:
            self._shell.run(self, partial(recall_copy, self._shell.desk, copy_id, Path(name)), self._recalled)

    def _recalled(self, said: str) -> None:
        self._shell.outbox_changed.emit()
        self._shell.messages.news(said)
        self.refresh()


def _padded(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(8), side, look().room(8)))
