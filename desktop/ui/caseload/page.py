"""Caseload: a table for each kind of case the officer may see, to sort, to filter and to save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, day, month_and_year
from casework.practice.schools.movement_rules import keeps_returns
from desktop.flows.caseload import case_row
from desktop.flows.caseload import case_table as flow
from desktop.flows.caseload.case_row import CaseRow, CaseTable, Wanted
from desktop.flows.caseload.case_table import NO_CASES, Caseload
from desktop.flows.caseload.printed_table import print_caseload
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.caseload.saved_views import SavedView
from desktop.ui.caseload.case_model import CaseModel
from desktop.ui.caseload.case_view import CaseView
from desktop.ui.caseload.chosen_case import ChosenCase
from desktop.ui.caseload.kept_views import KeptViews
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, empty, row
from desktop.ui.kit.basics.panels import Panel, page_of
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look

FILTERS = (("stage", "Any stage"), ("locality", "Every locality"), ("officer", "Every officer"))


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is there once the caseload is read: the tabs of its tables, and the one that is open."""

    tabs: Segments
    view: CaseView


class CaseloadScreen(Screen):
    """What is saved is what the table shows."""

    place = "caseload"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Caseload | None = None
        self._table, self._wanted = CaseTable.HOME, Wanted()
        self._shown: tuple[CaseRow, ...] = ()
        page = page_of(self, gap=look().room(12), margins=(24, 16, 24, 12))
        self._tabs = QWidget()
        self._tabs_box = column(self._tabs)
        top = row(gap=16) if not look().narrow else column(gap=8)
        top.addWidget(self._tabs)
        page.addLayout(top)
        self._views = KeptViews(shell)
        self._views.chosen.connect(self._show_view)
        top.addWidget(self._views, 1)
        self._filters = QWidget()
        self._filters_box = Flow(self._filters, gap=8)
        self._words = line_box("caseload/words", "Words of a name or school")
        self._words.setMaximumWidth(look().px(220))
        self._words.textEdited.connect(self._look_for)
        self._kept = KeptBox(shell, "caseload", "words", self._words)
        self._kept.came.connect(self._look_for)
        page.addWidget(self._filters)
        self._middle = row(gap=16) if not look().narrow else column(gap=16)
        page.addLayout(self._middle, 1)
        self._foot = label("Reading your caseload…", "caption", "muted", name="caseload/foot")
        page.addWidget(self._foot)
        self._tables: _Tables | None = None
        self._side = ChosenCase(shell)

    def title(self) -> str:
        return "Caseload"

    def subtitle(self) -> str:
        return f"{case_row.TITLES[self._table]}, {day(self._found.today)}." if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Caseload"))

    def acts(self) -> Sequence[QWidget]:
        save = Button("Save as a table", name="caseload/save", icon="table-2")
        save.clicked.connect(self._save)
        page = Button("PDF", name="caseload/pdf", icon="file-down", key="Ctrl+P")
        page.clicked.connect(self.export)
        if not keeps_returns(self.shell.desk.officer.role):
            return (page, save)
        schools = Button("Returns", name="caseload/movement")  # at twice the text a longer word takes the table’s room
        schools.setAccessibleName("Schools’ returns")
        schools.clicked.connect(lambda: self.shell.go("movement"))
        return (schools, page, save)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.caseload(desk), self._show)

    def primary(self) -> None:
        if self._tables and (chosen := self._tables.view.chosen()):
            self._open(chosen)

    def panes(self) -> Sequence[QWidget]:
        return (self._tables.view,) if self._tables else ()

    def first_focus(self) -> QWidget | None:
        return self._tables.view if self._tables else None

    def _show(self, found: Caseload) -> None:
        is_first, self._found = self._found is None, found
        if not found.tables:
            self._foot.setText(NO_CASES)
            return
        if is_first:
            self._table = next(iter(found.tables))
            self._build(found)
        self._offer_filters()
        self._fill()
        self.heading_changed.emit()
        if is_first and self._tables is not None:
            self._tables.view.setFocus(Qt.FocusReason.OtherFocusReason)  # the page's first, and not the boxes over it

    def _build(self, found: Caseload) -> None:
        names = [(table.value, f"{case_row.TITLES[table]} {len(rows)}") for table, rows in found.tables.items()]
        tabs = Segments(names, name="caseload/tables", label="Which cases")
        tabs.put(self._table.value)
        tabs.chosen.connect(self._choose_table)
        self._tabs_box.addWidget(tabs)
        view = CaseView(found.marks)
        self._tables = _Tables(tabs, view)
        view.opened.connect(self._open)
        view.moved_to.connect(lambda chosen: self._side.show_case(chosen, found.today))
        view.order_asked.connect(lambda order: self._put(replace(self._wanted, order=order)))
        frame = Panel()
        column(frame, margins=(1, 1, 1, 1)).addWidget(view)
        self._middle.addWidget(frame, 1)
        self._middle.addWidget(self._side)

    def _choose_table(self, code: object) -> None:
        self._table = CaseTable(str(code)) if code else self._table
        self._want(Wanted())
        self._offer_filters()
        self._fill()
        self.heading_changed.emit()

    def _offer_filters(self) -> None:
        had_keyboard = self._words.hasFocus()
        self._words.setParent(self)  # outlives the others, with what stands in it
        self._filters_box.removeWidget(self._words)
        empty(self._filters_box)
        held = self._rows()
        for name, everything in FILTERS:
            options = sorted({value for one in held if (value := str(getattr(one, name)))})
            named = [(one, one) for one in options]
            box = DropDown(named, name=f"caseload/{name}", label=everything, nothing=everything)
            box.put(getattr(self._wanted, name) or None)
            box.activated.connect(lambda _at, box=box, name=name: self._filter(name, box.code() or ""))
            self._filters_box.addWidget(box)
        if self._table is not CaseTable.MISSING_EDUCATION:  # there everything is due within days
            self._filters_box.addWidget(self._months(held))
        else:
            register = CheckBox("On the register only", name="caseload/register")
            register.setMinimumHeight(look().px(40))
            register.setChecked(self._wanted.register_only)
            register.toggled.connect(lambda on: self._put(replace(self._wanted, register_only=on)))
            self._filters_box.addWidget(register)
        asks = label("Name or school", "caption", "muted", wrap=False)
        asks.setMinimumHeight(look().px(40))
        asks.setBuddy(self._words)
        self._filters_box.addWidget(asks)
        self._filters_box.addWidget(self._words)
        self._words.show()
        if had_keyboard:
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _months(self, held: Sequence[CaseRow]) -> DropDown:
        """The months in which something is due, the next first."""
        held_months = sorted({one.due_month for one in held} - {""})
        months = [(of, month_and_year(date.fromisoformat(f"{of}-01"))) for of in held_months]
        box = DropDown(months, name="caseload/due-in", label="Due in which month", nothing="Due in any month")
        box.put(self._wanted.due_month or None)
        box.activated.connect(lambda _at: self._put(replace(self._wanted, due_month=box.code() or "")))
        return box

    def _want(self, wanted: Wanted) -> None:
        """All of it at once, words too, as somebody chose it."""
        self._wanted = wanted
        self._words.put(wanted.words)
        self._kept.keep()

    def _look_for(self) -> None:
        self._put(replace(self._wanted, words=self._words.words()))

    def _show_view(self, view: SavedView) -> None:
        if self._found is None or view.table not in self._found.tables or self._tables is None:
            return
        self._tables.tabs.put(view.table.value)
        self._table = view.table
        self._want(view.wanted)
        self._offer_filters()
        self._fill()
        self.heading_changed.emit()

    def _filter(self, name: str, value: str) -> None:
        stage, locality, officer = (value if name == one else getattr(self._wanted, one) for one, _ in FILTERS)
        self._put(replace(self._wanted, stage=stage, locality=locality, officer=officer))

    def _put(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._fill()

    def _rows(self) -> Sequence[CaseRow]:
        return self._found.tables.get(self._table, ()) if self._found else ()

    def _fill(self) -> None:
        if self._tables is None or self._found is None:
            return
        self._shown = case_row.chosen(self._rows(), self._wanted)
        self._views.shown(self._table, self._wanted)
        view = self._tables.view
        view.put(CaseModel(self._table, self._shown, self._found.today, view))
        marks = " and ".join(str(mark) for mark in self._found.marks)
        bars = f" Marks on the bars: {marks} school days." if self._table is CaseTable.MISSING_EDUCATION else ""
        self._foot.setText(f"{len(self._shown)} of {counted(len(self._rows()), 'case')} on this laptop.{bars}")

    def _open(self, chosen: CaseRow) -> None:
        self.shell.go("form", chosen.record_id)

    def export(self) -> None:
        """What the table shows, as a page to print."""
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the page", "caseload.pdf", "Page (*.pdf)")
        if name:
            desk, rows, table, today = self.shell.desk, self._shown, self._table, self._found.today
            wanted = self._wanted
            self.shell.fetch(
                self,
                lambda: print_caseload(desk, Path(name), table, rows, today, wanted=wanted),
                self.shell.messages.news,
            )

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "caseload.csv", "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, case_row.table_of(self._shown)
            self.shell.run(
                self,
                lambda: save_table(desk, Path(name), "caseload", table),
                self.shell.messages.news,
            )
