"""A signed record: who signed, whether it still is what they signed, and corrections that stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day_and_time
from desktop.flows.record.editing import OpenRecord
from desktop.flows.signing.correcting import Correction
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Card
from desktop.ui.sign.correction import CorrectionForm
from desktop.ui.theme import look


class SignedCard(Card):
    """Offers one thing only: a correction beside the record."""

    def __init__(self, shell: Shell, record: OpenRecord, kept: Correction, changed: Callable[[], None]) -> None:
        super().__init__("Signed")
        self._shell, self._record, self._changed = shell, record, changed
        for signed in record.view.signatures:
            state = (
                "It is exactly as it was signed."
                if signed.intact
                else "It is not what was signed. Tell your administrator."
            )
            when = day_and_time(datetime.fromisoformat(signed.at))
            self.add(_words(label(signed.name, "strong"), label(when, "caption", "muted"), label(state, "caption")))
        for amendment in record.view.amendments:
            when = day_and_time(datetime.fromisoformat(amendment.at))
            title = f"Correction by {amendment.name or 'the author'}"
            said = [label(str(change.value)) for change in amendment.changes]
            self.add(_words(label(title, "strong"), label(f"{when}. {amendment.reason}", "caption", "muted"), *said))
        self._form: CorrectionForm | None = None
        self._open = Link("Add a correction", name="correct")
        self._open.clicked.connect(self._begin)
        if record.writes:
            self.add(_words(self._open))
        if kept.is_begun:
            self._write(kept)

    def save_now(self) -> None:
        if self._form is not None:
            self._form.save_now()

    def _begin(self) -> None:
        self._write(Correction()).question.setFocus()

    def _write(self, found: Correction) -> CorrectionForm:
        self._open.setEnabled(False)
        form = CorrectionForm(self._shell, self._record, found)
        form.done.connect(self._changed)
        form.discarded.connect(self._changed)
        self._form = form
        self.add(_words(form))
        return form


def _words(*widgets: QWidget, gap: int = 2) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=gap, margins=(side, look().room(10), side, look().room(10)))
    for widget in widgets:
        box.addWidget(widget)
    return holder
