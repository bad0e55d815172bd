"""The cross-list: each child who is in more than one list, with the record that each flag opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, local
from desktop.flows.caseload import cross_list as flow
from desktop.flows.caseload.cross_list import NAMES, SAYS, Crossed, CrossList, CrossRow, CrossWanted, Stands
from desktop.flows.caseload.saved_table import save_table
from desktop.ui.caseload.case_model import Cell, Column, TwoLineModel
from desktop.ui.caseload.case_view import CaseView
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, empty
from desktop.ui.kit.basics.panels import Panel, page_of
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look


def _child(row: CrossRow, _today: date) -> Cell:
    return Cell(row.child.name_and_age, counted(row.count, "list"))


def _flag(kind: Crossed, row: CrossRow, _today: date) -> Cell:
    flag = row.flags[kind]
    return Cell(SAYS[flag.stands], flag.said)


def _all(row: CrossRow, _today: date) -> Cell:
    unknown = [NAMES[kind].lower() for kind, flag in row.flags.items() if flag.stands is Stands.NOT_KEPT]
    return Cell(
        ", ".join(NAMES[kind] for kind, flag in row.flags.items() if flag.counts),
        f"Not kept here: {', '.join(unknown)}" if unknown else "",
    )


CHILD = Column("Child", "child", 24, _child)
SHARES = {Crossed.MISSING: 21}
WIDE = (CHILD, *(Column(NAMES[kind], kind.value, SHARES.get(kind, 13), partial(_flag, kind)) for kind in Crossed))
NARROW = (Column("Child", "child", 35, _child), Column("Lists", "count", 65, _all))


class CrossListScreen(Screen):
    """What is saved is what the table shows. Its one filled button opens the child; beside it each flag’s record."""

    place = "children"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: CrossList | None = None
        self._wanted = CrossWanted(least=2)
        self._shown: tuple[CrossRow, ...] = ()
        kinds = [(kind.value, NAMES[kind]) for kind in Crossed]
        self._kind = DropDown(kinds, name="cross/kind", label="Which list", nothing="Every list")
        counts = [(str(n), f"In {n} or more") for n in (2, 3, 4)]
        self._least = DropDown(counts, name="cross/least", label="In how many", nothing="In one or more")
        self._words = line_box("cross/words", "Words of a name")
        self._kept = KeptBox(shell, "cross_list", "words", self._words)
        page = page_of(self, gap=look().room(12), margins=(24, 16, 24, 12))
        page.addWidget(self._filters())
        self._view = CaseView((), name="cross/table", words="Children")
        self._view.opened.connect(self._open_child)
        self._view.order_asked.connect(lambda order: self._put(replace(self._wanted, order=order)))
        self._view.moved_to.connect(lambda _row: self._offer_flags())
        frame = Panel()
        column(frame, margins=(1, 1, 1, 1)).addWidget(self._view)
        page.addWidget(frame, 1)
        self._acts = QWidget()
        self._acts_box = Flow(self._acts, gap=8)
        page.addWidget(self._acts)
        self._foot = label("Reading the lists…", "caption", "muted", name="cross/foot")
        page.addWidget(self._foot)

    def title(self) -> str:
        return "Cross-list"

    def subtitle(self) -> str:
        return "Children who are in more than one list, as far as this laptop keeps them."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Children", Where("children")), Crumb("Cross-list"))

    def acts(self) -> Sequence[QWidget]:
        save = Button("Save as a table", name="cross/save", icon="table-2")
        save.clicked.connect(self._save)
        return (save,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.cross_list(desk), self._show)

    def primary(self) -> None:
        self._open_child(self._view.chosen())

    def panes(self) -> Sequence[QWidget]:
        return (self._view,)

    def first_focus(self) -> QWidget | None:
        return self._view

    def _filters(self) -> QWidget:
        holder = QWidget()
        box = Flow(holder, gap=8)
        self._least.put("2")
        for choice in (self._kind, self._least):
            choice.activated.connect(lambda _at: self._choose())
        self._words.setMaximumWidth(look().px(220))
        self._words.textEdited.connect(self._look_for)
        self._kept.came.connect(self._look_for)
        asks = label("Name", "caption", "muted", wrap=False)
        asks.setMinimumHeight(look().px(40))
        asks.setBuddy(self._words)
        for widget in (self._kind, self._least, asks, self._words):
            box.addWidget(widget)
        return holder

    def _choose(self) -> None:
        kind, least = self._kind.code(), self._least.code()
        both = (Crossed(kind),) if kind else ()
        self._put(replace(self._wanted, both=both, least=int(least) if least else 1))

    def _look_for(self) -> None:
        self._put(replace(self._wanted, words=self._words.words()))

    def _put(self, wanted: CrossWanted) -> None:
        self._wanted = wanted
        self._fill()

    def _show(self, found: CrossList) -> None:
        self._found = found
        self._fill()
        self.heading_changed.emit()

    def _fill(self) -> None:
        if self._found is None:
            return
        self._shown = flow.crossed(self._found.rows, self._wanted)
        columns = NARROW if look().narrow else WIDE
        self._view.put(TwoLineModel(columns, self._shown, local(self.shell.now()).date(), self._view))
        total = counted(len(self._found.rows), "child", "children")
        self._foot.setText(f"{len(self._shown)} of {total} in a list. {self._found.line}")
        self._offer_flags()

    def _offer_flags(self) -> None:
        """Of the chosen child: each flag opens its record."""
        empty(self._acts_box)
        chosen = self._view.chosen()
        if not isinstance(chosen, CrossRow):
            return
        opens = Button("Open the child", name="cross/open", kind="primary", key="Enter")
        opens.clicked.connect(self.primary)
        self._acts_box.addWidget(opens)
        for kind, flag in chosen.flags.items():
            if flag.counts and flag.record_id != chosen.child.child_id:
                button = Button(NAMES[kind], name=f"cross/flag/{kind}", small=True)
                button.setAccessibleName(f"Open the record: {NAMES[kind]}")
                button.clicked.connect(partial(self._open_record, flag.record_id))
                self._acts_box.addWidget(button)

    def _open_child(self, chosen: object) -> None:
        if isinstance(chosen, CrossRow):
            self.shell.go("child", chosen.child.child_id)

    def _open_record(self, record_id: str, _on: bool = False) -> None:
        self.shell.go("form", record_id)

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "cross-list.csv", "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, flow.table_of(self._shown)
            self.shell.run(self, lambda: save_table(desk, Path(name), "cross-list", table), self.shell.messages.news)
