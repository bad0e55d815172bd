"""Themes: each reason with its bar, by whose words it is; what is chosen lists its interviews, in the child's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, day, local, month_and_year, when
from casework.practice.figures.collated_views import NamedBySeveral, ThemeCount
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.collated import themes as flow
from desktop.flows.collated.for_the_group import print_for_group
from desktop.flows.collated.themes import TITLES, Themes, Voice
from desktop.flows.collated.themes_periods import groups_period, themes_periods
from desktop.flows.collated.themes_told import (
    BESIDE_A_BAR,
    SHARED_HEADS,
    inside_table,
    interviewing_line,
    months_of,
    period_line,
    shared_cells,
    voices_words,
)
from desktop.ui.figures.bar_pictures import Bar, LyingBars
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, Tiles, column, empty
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.picture import PictureCard
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look

BEHIND_HEADS = ("Child", "Interview", "In their words")
ONE_NAME = "One name may be two people or two places. Open the interviews before you conclude anything."
NONE = "No signed interview of this period is on this laptop. Choose another period, or see Team for what is late."


class ThemesScreen(Screen):
    """What is chosen in a picture or a table is listed beneath; a line of the list opens its interview. Opened from a
    meeting, it begins with the group's period, and its report stands among the meeting's papers."""

    place = "team"

    def __init__(self, shell: Shell, meeting_id: str = "") -> None:
        super().__init__(shell)
        self._meeting_id = meeting_id
        of_group = (groups_period(shell.desk, meeting_id),) if meeting_id else ()
        periods = (*of_group, *themes_periods(local(shell.now()).date()))
        self._days = (periods[0].first, periods[0].last)
        self._found: Themes | None = None
        self._voices: tuple[Voice, ...] = ()
        self._page = Scroller(gap=16, name="themes")
        column(self).addWidget(self._page)
        self._period = DropDown([(one.code, one.words) for one in periods], name="themes/period", label="Period")
        self._period.put(periods[0].code)
        self._period.activated.connect(self._period_chosen)
        choices = QWidget()
        Flow(choices, gap=8).addWidget(self._period)
        self._heard = label("Reading the interviews…", "body", name="themes/heard")
        self._interviewing = label("", "caption", "muted", name="themes/interviewing")
        self._body = QWidget()
        self._body_box = column(self._body, gap=16)
        self._behind = QWidget()
        self._behind_box = column(self._behind)
        for part in (choices, self._heard, self._interviewing, self._body, self._behind):
            self._page.add(part)
        self._page.box.addStretch(1)

    def title(self) -> str:
        return "Themes"

    def subtitle(self) -> str:
        if self._found is None:
            return "What children said in their interviews, and what workers made of it."
        heard = when(self._found.heard, self.shell.now()) if self._found.heard else "not yet"
        return f"What children said in their interviews. Council last heard from: {heard}."

    def crumbs(self) -> Sequence[Crumb]:
        if self._meeting_id:
            return (
                Crumb("Groups", Where("groups")),
                Crumb("Meeting", Where("meeting", self._meeting_id)),
                Crumb("Themes"),
            )
        return (Crumb("Team", Where("team")), Crumb("Themes"))

    def acts(self) -> Sequence[QWidget]:
        table = Button("Save as a table", name="themes/save", icon="table-2")
        table.clicked.connect(self._save)
        paper = Button("Report for the group", name="themes/pdf", icon="file-down")
        paper.clicked.connect(self.export)
        return (table, paper)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, days = self.shell.desk, self._days
        if not flow.may_see_themes(desk.officer.role):
            self._heard.setText("Themes are the missing manager’s page. The interviews you hold stand under Children.")
            return
        self.shell.run(self, lambda: flow.themes(desk, *days), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._period

    def export(self) -> None:
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the report", "themes.pdf", "PDF (*.pdf)")
        if name:
            op = partial(print_for_group, self.shell.desk, Path(name), self._found, self._meeting_id)
            self.shell.run(self, op, self._saved)

    def _saved(self, said: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.messages.news(said)

    def _period_chosen(self, _at: int) -> None:
        first, _, last = (self._period.code() or "").partition("/")
        if last:
            self._days = (date.fromisoformat(first), date.fromisoformat(last))
            self.refresh()

    def _show(self, found: Themes) -> None:
        self._found = found
        self._heard.setText(period_line(found) if found.told else NONE)
        self._interviewing.setText(interviewing_line(found))
        empty(self._body_box)
        empty(self._behind_box)
        if found.told:
            self._body_box.addWidget(self._pictures(found))
        for question, shared in found.shared.items():
            if shared:
                self._body_box.addWidget(self._shared_card(question, shared))
        self.heading_changed.emit()

    def _pictures(self, found: Themes) -> QWidget:
        holder = QWidget()
        tiles = Tiles(holder, gap=16, least=look().px(580))
        for question, reasons in found.reasons.items():
            if reasons:
                tiles.addWidget(self._picture_card(found, question, reasons))
        return holder

    def _picture_card(self, found: Themes, question: str, reasons: Sequence[ThemeCount]) -> PictureCard:
        name, title = f"themes/{question}", TITLES[question]
        bars = [Bar(found.label(one), one.count, voices_words(one, BESIDE_A_BAR), one.code) for one in reasons]
        picture = LyingBars(f"{name}/drawn", title, bars)
        months = months_of(found)
        heads = ("What", "Interviews", "Whose words", *map(month_and_year, months if len(months) <= 3 else ()))
        rows = [
            (bar.words, bar.shown, bar.beside, *(str(one.by_month.get(month, 0)) for month in months[: len(heads) - 3]))
            for bar, one in zip(bars, reasons, strict=True)
        ]
        table = Table(heads, rows, name=f"{name}/table", words=title, opens=[one.code for one in reasons])
        for chosen in (picture.opened, table.opened):
            chosen.connect(partial(self._choose_reason, {one.code: one for one in reasons}))
        return PictureCard(title, picture, table, name=name)

    def _shared_card(self, question: str, shared: Sequence[NamedBySeveral]) -> Card:
        card = Card(TITLES[question])
        card.add(padded(label(ONE_NAME, "caption", "muted"), (16, 8, 16, 8)))
        rows = [(*shared_cells(one)[:-1], day(one.last)) for one in shared]
        opens = [str(place) for place in range(len(shared))]
        table = Table(SHARED_HEADS, rows, name=f"themes/{question}/table", words=TITLES[question], opens=opens)
        table.opened.connect(lambda place: self._list(shared[int(place)].name, shared[int(place)].named_in))
        card.add(padded(table, (8, 8, 8, 8)))
        return card

    def _choose_reason(self, reasons: dict[str, ThemeCount], code: str) -> None:
        if self._found is not None:
            self._list(self._found.label(reasons[code]), reasons[code].named_in)

    def _list(self, title: str, named_in: Sequence[str]) -> None:
        """What is behind the choice, and it is brought into view."""
        if self._found is None:
            return
        self._voices = flow.voices(self._found, named_in)
        empty(self._behind_box)
        many = label(counted(len(self._voices), "interview"), "caption", "muted", name="themes/behind/of")
        card = Card(title, aside=many)
        rows = [(one.child, day(one.on), " / ".join(one.words)) for one in self._voices]
        opens = [one.record_id for one in self._voices]
        table = Table(BEHIND_HEADS, rows, name="themes/behind", words=title, opens=opens)
        table.opened.connect(lambda record_id: self.shell.go("form", record_id))
        card.add(padded(table, (8, 8, 8, 8)))
        self._behind_box.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        QTimer.singleShot(0, self._behind, self._bring)

    def _bring(self) -> None:
        self._page.ensureWidgetVisible(self._behind, 24, 80)

    def _save(self) -> None:
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", "themes.csv", "Table (*.csv)")
        if name:
            op = partial(save_table, self.shell.desk, Path(name), "themes", inside_table(self._found))
            self.shell.run(self, op, self.shell.messages.news)
