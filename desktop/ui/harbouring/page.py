"""Harbouring notices: those about to end before those that stand, those that are over last; each opens its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, local
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.harbouring import harbouring_listed as flow
from desktop.flows.harbouring.deciding_notice import end_notice, renew_notice
from desktop.flows.harbouring.harbouring_notices import HarbouringNotice, decides_harbouring
from desktop.flows.sheet_reading import day_typed
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.harbouring.deciding import DecidingNotice
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import beside, column, empty, spacer, stacked
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
        self._deciding: DecidingNotice | None = None
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
        if self._deciding is not None:
            self._deciding.setParent(self)  # outlives the cards, with what stands in it
            self._deciding.hide()
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
        return self._with_deeds(line, one) if one.is_open and decides_harbouring(self.shell.desk) else line

    def _with_deeds(self, line: QWidget, one: HarbouringNotice) -> QWidget:
        """Renewing and ending stand under the line; the boxes of one notice at a time."""
        deeds = []
        for name, words in (("renew", "Renew"), ("end", "Say that it ended")):
            act = Button(words, name=f"harbouring/{name}/{one.record_id}", small=True)
            act.setAccessibleDescription(f"{one.child.name}. {one.against}")
            act.clicked.connect(partial(self._open_deed, one.record_id, name))
            deeds.append(act)
        side = look().room(16)
        parts: list[QWidget] = [line, padded(beside(*deeds, spacer(), gap=8), (side, 0, side, look().room(10)))]
        if self._deciding is not None and self._deciding.record_id == one.record_id:
            self._deciding.show()
            parts.append(padded(self._deciding, (side, 0, side, look().room(12))))
        return stacked(*parts, gap=0)

    def _open_deed(self, record_id: str, name: str, _on: bool = False) -> None:
        self._drop()
        self._deciding = DecidingNotice(self.shell, record_id, ends=name == "end")
        self._deciding.decided.connect(self.primary)
        self.refresh()

    def _drop(self) -> None:
        if self._deciding is not None:
            self._deciding.save_now()
            self._deciding.setParent(None)
            self._deciding.deleteLater()
            self._deciding = None

    def primary(self) -> None:
        deciding, desk = self._deciding, self.shell.desk
        if deciding is None:
            return
        deciding.save_now()
        record_id, why = deciding.record_id, deciding.words("why")
        if deciding.ends:
            how, by = deciding.how.code() or "", deciding.words("by")
            self.shell.once(self, lambda: end_notice(desk, record_id, how, why, by), self._was_decided)
        else:
            until = deciding.words("until")
            self.shell.once(
                self, lambda: renew_notice(desk, record_id, day_typed(until.strip()), why), self._was_decided
            )

    def _was_decided(self, said: str) -> None:
        if self._deciding is not None:
            self._deciding.forget()
        self._drop()
        self.shell.outbox_changed.emit()
        self.shell.messages.news(said)
        self.refresh()

    def leave(self) -> None:
        if self._deciding is not None:
            self._deciding.save_now()

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "harbouring-notices.csv", "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, flow.table_of(self._found, local(self.shell.now()).date())
            self.shell.run(
                self, lambda: save_table(desk, Path(name), "harbouring notices", table), self.shell.messages.news
            )
