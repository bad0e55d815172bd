"""The letters of one record: which may go now, and those that went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from casework.practice.letters.letter_template import READERS, LetterTemplate
from desktop.flows.children import Child
from desktop.flows.letters.letters_told import SentLetter, every_sent_letter, sent_line
from desktop.flows.letters.writing_letter import letters_about
from desktop.flows.record.editing import open_record
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded


@dataclass(frozen=True, slots=True)
class _Letters:
    title: str
    child: Child
    may_go: tuple[LetterTemplate, ...]
    sent: tuple[SentLetter, ...]


class LettersScreen(Screen):
    """Writes nothing itself: each line leads to a letter, or to the page of one that went."""

    place = "caseload"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._found: _Letters | None = None
        self._page = Scroller(gap=16, name="letters")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return "Letters"

    def subtitle(self) -> str:
        return f"{self._found.title}, {self._found.child.name_and_age}" if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        first = Crumb("Caseload", Where("caseload"))
        if self._found is None:
            return (first,)
        child = self._found.child
        case = Crumb(self._found.title, Where("form", self.record_id))
        return (first, Crumb(child.name, Where("child", child.child_id)), case, Crumb("Letters"))

    def start(self) -> None:
        desk, record_id = self.shell.desk, self.record_id

        def fetch() -> _Letters:
            record = open_record(desk, record_id)
            sent = every_sent_letter(desk, about=record_id)
            return _Letters(record.definition.short_title, record.child, letters_about(desk, record_id), sent)

        self.shell.run(self, fetch, self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: _Letters) -> None:
        self._found = found
        empty(self._page.box)
        self._page.add(self._may_go(found))
        self._page.add(self._sent(found))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _may_go(self, found: _Letters) -> Card:
        card = Card("Write a letter")
        for one in found.may_go:
            line = LineButton(one.title, f"To {READERS[one.reader]}", name=f"letters/{one.id}")
            line.clicked.connect(lambda _on=False, kind=one.id: self.shell.go("letter", self.record_id, kind))
            card.add(line)
        if not found.may_go:
            card.add(padded(label("Your role sends no letter about this record.", "body", "muted"), (16, 10, 16, 10)))
        return card

    def _sent(self, found: _Letters) -> Card:
        card = Card("Sent")
        for one in found.sent:
            line = LineButton(sent_line(one), "Open it to save its page again.", name=f"letters/sent/{one.record_id}")
            line.clicked.connect(lambda _on=False, record=one.record_id: self.shell.go("documents", record))
            card.add(line)
        if not found.sent:
            card.add(padded(label("No letter has been sent yet.", "body", "muted"), (16, 10, 16, 10)))
        return card
