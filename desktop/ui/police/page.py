"""Police: taking in the list of a month, how each month stands, and the results they owe after a return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, local, month_and_year
from desktop.flows.police import police_listed, prevention_asked
from desktop.flows.police.police_months import PoliceMonth, police_months
from desktop.flows.police.police_sheet import HEADS
from desktop.flows.police.police_taking_in import PoliceReport, take_in_police_list
from desktop.flows.police.prevention_asked import ResultOwed, ask_police, results_owed
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, TagKind, label
from desktop.ui.kit.basics.layout import beside, column, empty, row, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look

MOST = 100


@dataclass(frozen=True, slots=True)
class _AtHand:
    months: tuple[PoliceMonth, ...]
    owed: tuple[ResultOwed, ...]


class PoliceScreen(Screen):
    """Its filled button takes the list in."""

    place = "team"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found = _AtHand((), ())
        self._month = line_box("police/month", "Month, as 2026-10")
        self._whom = line_box("police/whom", "Who at the police was asked, and how")
        self._boxes = {
            name: KeptBox(shell, "police", f"police/{name}", box)
            for name, box in (("month", self._month), ("whom", self._whom))
        }
        self._said = label("", "body", name="police/said")
        self._page = Scroller(gap=16, name="police")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the police’s lists…", self._page)

    def title(self) -> str:
        return "Police list"

    def subtitle(self) -> str:
        due = sum(one.is_due for one in self._found.owed)
        open_ = sum(not one.is_settled for one in self._found.months)
        return f"{counted(open_, 'month')} not signed off. {counted(due, 'result')} to ask for."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Team", Where("team")), Crumb(self.title()))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: _AtHand(police_months(desk), results_owed(desk)), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        self._take_in(keep=True)

    def _show(self, found: _AtHand) -> None:
        self._found = found
        self._waiting.done()
        for box in (self._month, self._whom, self._said):
            box.setParent(self)  # outlives the cards, with what stands in it
            box.hide()
        empty(self._page.box)
        self._page.add(self._take_in_card())
        self._page.add(self._months_card())
        self._page.add(self._results_card())
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _take_in_card(self) -> Card:
        card = Card("Take in the list of a month", aside=label("A table saved as CSV", "caption", "muted", wrap=False))
        look_over = Button("Look it over", name="police/look-over")
        look_over.clicked.connect(lambda: self._take_in(keep=False))
        keep = Button("Take it in", name="police/take-in", kind="primary", key="Ctrl+Enter")
        keep.clicked.connect(lambda: self._take_in(keep=True))
        asks = label("Month, as 2026-10", "caption", "muted")
        asks.setBuddy(self._month)
        self._month.show()
        self._said.setVisible(bool(self._said.text()))
        columns = f"Its columns: {', '.join(HEADS)}. A line that cannot stand in it keeps the whole list out."
        line = QWidget()
        boxes = row(line, gap=12)
        boxes.addWidget(stacked(asks, self._month, gap=4), 1)
        for button in (look_over, keep):
            boxes.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        card.add(_padded(line, label(columns, "caption", "muted"), self._said))
        return card

    def _months_card(self) -> Card:
        card = Card("Months", icon="list-checks")
        for one in self._found.months[:MOST]:
            kind: TagKind = "signed" if one.is_settled else "draft"
            tag = Tag(kind, "Signed off" if one.is_settled else "To settle")
            words = f"{police_listed.state_said(one)}. {counted(len(one.entries), 'line')} in the police’s list"
            line = LineButton(
                month_and_year(one.month), words if one.lists else police_listed.state_said(one),
                name=f"police/of/{one.month.isoformat()[:7]}", tag=tag,
            )  # fmt: skip
            line.clicked.connect(partial(self._open, one.month))
            card.add(line)
        if not self._found.months:
            words = "No list has come yet. Police send one each month: save it as a CSV file and take it in above."
            card.add(_padded(label(words, "body", "muted")))
        return card

    def _results_card(self) -> Card:
        owed = self._found.owed
        aside = label("Safe and well, after a return", "caption", "muted", wrap=False)
        card = Card("Results that police owe", aside=aside)
        if owed:
            asks = label("Who at the police was asked, and how", "caption", "muted")
            asks.setBuddy(self._whom)
            self._whom.show()
            card.add(_padded(asks, self._whom))
        for one in owed[:MOST]:
            card.add(self._result(one))
        if len(owed) > MOST:
            card.add(_padded(label(f"And {len(owed) - MOST} more, after these.", "body", "muted")))
        if not owed:
            card.add(_padded(label("Police owe no result of those on this laptop.", "body", "muted")))
        return card

    def _result(self, one: ResultOwed) -> QWidget:
        asked = Button("Asked now", name=f"police/asked/{one.episode_id}", small=True)
        asked.setAccessibleDescription(one.child.name)
        asked.clicked.connect(partial(self._ask, one.episode_id))
        opens = Button("Open", name=f"police/open/{one.episode_id}", small=True, kind="quiet")
        opens.setAccessibleDescription(one.child.name)
        opens.clicked.connect(partial(self._open_record, one.result_id or one.episode_id))
        said = prevention_asked.asked_said(one, local(self.shell.now()).date())
        words = stacked(
            label(one.child.name_and_age, "strong"),
            label(prevention_asked.back_said(one)),
            label(said, "caption", "waiting" if one.is_due else "muted"),
            gap=0,
        )
        return _padded(beside(words, asked, opens, gap=12, stretch=0))

    def _take_in(self, *, keep: bool) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "The police’s list", "", "CSV (*.csv)")
        if name:
            desk, month = self.shell.desk, self._month.words()
            self.shell.once(self, lambda: take_in_police_list(desk, Path(name), month, keep=keep), self._taken)

    def _taken(self, done: PoliceReport) -> None:
        self._said.setText(police_listed.report_said(done))
        self._said.show()
        if done.record_id:
            self._boxes["month"].forget()
            self.shell.outbox_changed.emit()
            self.refresh()

    def _ask(self, episode_id: str, _on: bool = False) -> None:
        desk, whom = self.shell.desk, self._whom.words()
        self.shell.once(self, lambda: ask_police(desk, episode_id, whom), lambda _done: self._asked())

    def _asked(self) -> None:
        """Whom it was stays in the box: the next is often asked of the same."""
        self.shell.outbox_changed.emit()
        self.refresh()

    def _open(self, month: date, _on: bool = False) -> None:
        self.shell.go("police_month", month.isoformat()[:7])

    def _open_record(self, record_id: str, _on: bool = False) -> None:
        self.shell.go("form", record_id)


def _padded(*parts: QWidget) -> QWidget:
    side = look().room(16)
    return padded(stacked(*parts, gap=8), (side, look().room(10), side, look().room(12)))
