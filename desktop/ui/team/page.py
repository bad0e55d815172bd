"""Team: for the manager, what is late, undecided, untold, unread or nobody's; each line opens its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, day, local, near_day, when
from casework.plain_table import PlainTable
from casework.practice.police.police_list_rules import settles_police_lists
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.collated.themes import may_see_themes
from desktop.flows.team import exception_row
from desktop.flows.team import exceptions as flow
from desktop.flows.team.exception_row import TITLES, ExceptionRow, Gap, GapsWanted, Groups
from desktop.flows.team.exceptions import Team
from desktop.ui.caseload.case_model import Cell, Column, TwoLineModel
from desktop.ui.caseload.case_view import CaseView
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, empty, row
from desktop.ui.kit.basics.panels import Panel, page_of
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.team.gap_list import GapList
from desktop.ui.theme import look

CELL = 36  # letters that a cell holds on a small laptop
ACTIONS = (Gap.ACTION_OVER, Gap.ACTION_UNOWNED)


def _who(found: ExceptionRow, _today: date) -> Cell:
    return Cell(found.child, found.worker if found.gap is not Gap.LOAD else "")


def _what(found: ExceptionRow, _today: date) -> Cell:
    return Cell(found.what, found.offers)


def _due(found: ExceptionRow, today: date) -> Cell:
    late = exception_row.late_words(found)
    said = near_day(found.due, today) if found.due else ""
    return Cell(said, f"{late} late" if late else "", late=bool(late) and found.is_open)


def _reason(found: ExceptionRow, _today: date) -> Cell:
    return Cell(found.reason)


COLUMNS = (
    Column("Child and worker", "child", 24, _who),
    Column("What", "late", 36, _what),
    Column("Due", "due", 18, _due),
    Column("Reason on record", "reason", 22, _reason),
)


def _whole(found: ExceptionRow) -> str:
    """What a cell of the table may have cut."""
    what = found.what if len(found.what) > CELL or found.reason else ""
    return ". ".join(part for part in (what, f"Reason on record: {found.reason}" if found.reason else "") if part)


def _first_with_lines(found: Team, groups: Groups) -> Gap:
    """An empty list is no way to begin a morning while another has something in it."""
    every = [gap for _title, gaps in groups for gap in gaps]
    counts = found.counts()
    return next((gap for gap in every if counts[gap]), every[0])


class TeamScreen(Screen):
    """What is saved is what the table shows. Its one filled button opens the line that is chosen."""

    place = "team"
    renews = True
    acts_stay = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Team | None = None
        self._opens = Button("Open the record", name="team/open", kind="primary", key="Enter")
        self._supervision = Button("Take to supervision", name="team/supervision")
        self._ask_police = Button("Ask police", name="team/ask-police")
        self._groups = flow.groups_of_lists(shell.desk.officer.role)
        self._wanted = GapsWanted(self._groups[0][1][0])
        self._shown: tuple[ExceptionRow, ...] = ()
        whole = page_of(self, gap=0, margins=(0, 0, 0, 0)) if look().narrow else row(self, gap=0)
        self._lists = GapList(self._groups, self._choose)
        whole.addWidget(self._lists)
        page = column(gap=look().room(12), margins=(24, 16, 24, 12))
        whole.addLayout(page, 1)
        self._filters = QWidget()
        self._filters_box = Flow(self._filters, gap=8)
        self._words = line_box("team/words", "Words of a name or of the line")
        self._words.setMaximumWidth(look().px(220))
        self._words.textEdited.connect(self._look_for)
        self._kept = KeptBox(shell, "team", "words", self._words)
        self._kept.came.connect(self._look_for)
        page.addWidget(self._filters)
        self._view = CaseView((), name="team/table", words="Lines of the list")
        self._view.opened.connect(self._open)
        self._view.order_asked.connect(lambda order: self._put(replace(self._wanted, order=order)))
        self._view.moved_to.connect(lambda _row: self._offer_acts())
        frame = Panel()
        column(frame, margins=(1, 1, 1, 1)).addWidget(self._view)
        page.addWidget(frame, 1)
        self._reason = label("", "body", name="team/reason")
        self._reason.hide()
        page.addWidget(self._reason)
        page.addWidget(self._acts_line())
        self._foot = label("Reading the team’s work…", "caption", "muted", name="team/foot")
        page.addWidget(self._foot)

    def title(self) -> str:
        return "Team"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        now = self.shell.now()
        heard = when(self._found.heard, now) if self._found.heard else "not yet"
        return f"{day(local(now).date())}. Council last heard from: {heard}."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Team"))

    def acts(self) -> Sequence[QWidget]:
        save = Button("Save as a table", name="team/save", icon="table-2")
        save.clicked.connect(self._save)
        harbouring = Button("Harbouring notices", name="team/harbouring")
        harbouring.clicked.connect(lambda: self.shell.go("harbouring"))
        themes = Button("Themes", name="team/themes")
        themes.clicked.connect(lambda: self.shell.go("themes"))
        police = Button("Police list", name="team/police")
        police.clicked.connect(lambda: self.shell.go("police"))
        if not may_see_themes(self.shell.desk.officer.role):
            return (save,)
        settles = settles_police_lists(self.shell.desk.officer.role)
        return (harbouring, themes, police, save) if settles else (harbouring, themes, save)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.team(desk), self._show)

    def primary(self) -> None:
        if (chosen := self._view.chosen()) is not None:
            self._open(chosen)

    def panes(self) -> Sequence[QWidget]:
        return (self._lists, self._view)

    def first_focus(self) -> QWidget | None:
        return self._view

    def _acts_line(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8)
        self._opens.clicked.connect(self.primary)
        self._supervision.clicked.connect(self._take)
        line.addWidget(self._opens)
        self._ask_police.clicked.connect(lambda: self.shell.go("police"))
        line.addWidget(self._supervision)
        line.addWidget(self._ask_police)
        line.addStretch(1)
        return holder

    def _show(self, found: Team) -> None:
        if self._found is None:
            self._wanted = replace(self._wanted, gap=_first_with_lines(found, self._groups))
        self._found = found
        self._fill()
        self._offer_filters()
        self.heading_changed.emit()

    def _choose(self, gap: Gap) -> None:
        self._wanted = GapsWanted(gap)
        self._words.put("")
        self._kept.forget()
        self._offer_filters()
        self._fill()

    def _offer_filters(self) -> None:
        had_keyboard = self._words.hasFocus()
        self._words.setParent(self)  # outlives the others, with what stands in it
        self._filters_box.removeWidget(self._words)
        empty(self._filters_box)
        here = [one for one in self._rows() if one.gap is self._wanted.gap]
        names = sorted({one.worker for one in here if one.worker})
        workers = DropDown(
            [(one, one) for one in names], name="team/worker", label="Every worker", nothing="Every worker"
        )
        workers.put(self._wanted.worker or None)
        workers.activated.connect(lambda _at: self._put(replace(self._wanted, worker=workers.code() or "")))
        asks = label("Name or words", "caption", "muted", wrap=False)
        asks.setMinimumHeight(look().px(40))
        asks.setBuddy(self._words)
        for widget in (workers, asks, self._words):
            self._filters_box.addWidget(widget)
        self._words.show()
        if had_keyboard:
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_for(self) -> None:
        self._put(replace(self._wanted, words=self._words.words()))

    def _put(self, wanted: GapsWanted) -> None:
        self._wanted = wanted
        self._fill()

    def _rows(self) -> Sequence[ExceptionRow]:
        return self._found.rows if self._found else ()

    def _fill(self) -> None:
        if self._found is None or self._wanted.gap is None:
            return
        today = local(self.shell.now()).date()
        self._lists.show_team(self._found, self._wanted.gap)
        self._shown = exception_row.chosen(self._rows(), self._wanted)
        self._view.put(TwoLineModel(COLUMNS, self._shown, today, self._view))
        total = self._found.count(self._wanted.gap)
        parts = (
            f"{TITLES[self._wanted.gap]}: {len(self._shown)} of {counted(total, 'line')}",
            self._counted_how(self._found),
            flow.rates_line(self._found),
        )
        self._foot.setText(". ".join(part for part in parts if part) + ".")
        self._offer_acts()

    def _counted_how(self, found: Team) -> str:
        """Of education everything that is over is listed, and late in days like any other."""
        if not may_see_themes(self.shell.desk.officer.role):
            return ""
        return f"What is over is listed since {day(found.since)}. Late counts working days for interviews"

    def _offer_acts(self) -> None:
        chosen = self._view.chosen()
        self._reason.setText(_whole(chosen) if chosen is not None else "")
        self._reason.setVisible(bool(self._reason.text()))
        self._opens.setEnabled(chosen is not None and bool(chosen.record_id))
        self._supervision.setVisible(chosen is not None and chosen.gap in ACTIONS)
        self._ask_police.setVisible(chosen is not None and chosen.gap is Gap.PREVENTION)

    def _open(self, chosen: ExceptionRow) -> None:
        if chosen.gap is Gap.DOUBLE:  # the two stand beside each other on the child's page
            self.shell.go("child", chosen.child_id)
        elif chosen.gap is Gap.COUNCIL_UNTOLD:  # where each council is told
            self.shell.go("placements", chosen.child_id)
        elif chosen.gap is Gap.CARERS_PLAN:
            self.shell.go("documents", chosen.record_id)
        elif chosen.gap is Gap.POLICE_LIST:
            self.shell.go("police_month", chosen.record_id)
        elif chosen.record_id:
            self.shell.go("notice" if chosen.is_notice else "form", chosen.record_id)

    def _take(self) -> None:
        desk, chosen = self.shell.desk, self._view.chosen()
        if chosen is not None:
            self.shell.once(self, lambda: flow.to_supervision(desk, chosen.record_id), lambda _done: self._taken())

    def _taken(self) -> None:
        self.shell.outbox_changed.emit()
        self.refresh()

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "team.csv", "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, PlainTable(exception_row.HEADS, exception_row.cells(self._shown))
            self.shell.run(self, lambda: save_table(desk, Path(name), "team", table), self.shell.messages.news)
