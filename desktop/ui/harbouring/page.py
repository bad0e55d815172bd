"""Harbouring notices: those about to end before those that stand, those that are over last; each opens its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, local
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.harbouring import harbouring_listed as flow
from desktop.flows.harbouring.harbouring_notices import HarbouringNotice
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.theme import look

FEW = 20


class HarbouringScreen(Screen):
    """Of the children on this laptop, as every list here."""

    place = "children"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Sequence[HarbouringNotice] = ()
        self._page = Scroller(gap=16, name="harbouring")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the notices…", self._page)

    def title(self) -> str:
        return "Harbouring notices"

    def subtitle(self) -> str:
        ending = sum(one.is_ending for one in self._found)
        stand = sum(one.stands for one in self._found)
        return f"{counted(stand, 'notice stands', 'notices stand')}. {ending} to be renewed, or ended."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children", Where("children")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        save = Button("Save as a table", name="harbouring/save", icon="table-2")
        save.clicked.connect(self._save)
        return (save,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.harbouring_notices(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: Sequence[HarbouringNotice]) -> None:
        self._found = found
        self._waiting.done()
        empty(self._page.box)
        for title, ones in (
            ("About to end, or ended and not decided", [one for one in found if one.is_ending]),
            ("Standing", [one for one in found if one.is_open and not one.is_ending]),
            ("Over", [one for one in found if not one.is_open]),
        ):
            if ones:
                self._page.add(self._card(title, ones))
        if not found:
            words = "No harbouring notice is recorded on this laptop. One begins with New record, on the child’s page."
            self._page.add(padded(label(words, "body", "muted"), (look().room(4), 0, 0, 0)))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _card(self, title: str, ones: Sequence[HarbouringNotice]) -> Card:
        card = Card(title)
        makers = [partial(self._line, one) for one in ones]
        card.add(FewAtATime(makers, first=FEW, name="harbouring/more", about=title))
        return card

    def _line(self, one: HarbouringNotice) -> QWidget:
        standing = flow.standing_said(one, local(self.shell.now()).date())
        words = f"{one.against}. {standing}. {flow.given_said(one)}"
        tag = Tag("soon", "Decide") if one.is_ending else None
        line = LineButton(one.child.name_and_age, words, name=f"harbouring/{one.record_id}", tag=tag)
        line.clicked.connect(lambda: self.shell.go("form", one.record_id))
        return line

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "harbouring-notices.csv", "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, flow.table_of(self._found, local(self.shell.now()).date())
            self.shell.run(
                self, lambda: save_table(desk, Path(name), "harbouring notices", table), self.shell.messages.news
            )
