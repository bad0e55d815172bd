"""Figures: the scorecard of a period, its pictures, every number of it, and the records behind one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import LONDON, local
from casework.errors import KnownError
from casework.wire.figure_messages import FigureTold
from desktop.flows.figures import scorecards as flow
from desktop.flows.figures.behind import BehindLine, behind_lines
from desktop.flows.figures.board_paper import print_report
from desktop.flows.figures.board_told import latest_year, may_report, year_words
from desktop.flows.figures.figure_tables import count_words, save_scorecard
from desktop.flows.figures.figures_published import publish, published_line
from desktop.flows.figures.periods_offered import period_words, periods_offered, whole
from desktop.flows.figures.scorecard_pdf import print_scorecard
from desktop.flows.figures.scorecards import Scorecard
from desktop.ui.figures.figure_pictures import figure_rows, picture_card
from desktop.ui.figures.publishing_card import publishing_card
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, Tiles, column, empty
from desktop.ui.kit.basics.panels import Card, Panel, Scroller, padded
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look

HEADLINES = 5
NOW, THEN = "now", "then"
HEADS = ("Number", "Figure", "Count", "Share", "Published")
BEHIND_HEADS = ("Child", "What", "Number")
NONE_BEHIND = "There is nothing behind this number that your role opens."
HIDES = "Numbers of one to four are hidden, and as many others as keep them from being worked out."


class FiguresScreen(Screen):
    """Asks the council when something else is chosen; what it told before is shown where it cannot be reached."""

    place = "figures"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        today = local(shell.now()).date()
        self._cards = flow.cards_offered(shell.desk)
        self._card = self._cards[0][0] if self._cards else ""
        usual = whole(self._card, today)
        self._days = (usual.first, usual.last)
        self._known = NOW
        self._found: Scorecard | None = None
        self._chosen = ""
        self._lines: tuple[BehindLine, ...] = ()
        self._page = Scroller(gap=16, name="figures")
        column(self).addWidget(self._page)
        self._choices = QWidget()
        self._choices_line = Flow(self._choices, gap=8)
        self._heard = label("Asking the council…", "caption", "muted", name="figures/heard")
        self._body = QWidget()
        self._body_box = column(self._body, gap=16)
        self._behind = QWidget()
        self._behind_box = column(self._behind)
        self._every = QWidget()
        self._every_box = column(self._every, gap=16)
        for part in (self._choices, self._heard, self._body, self._behind, self._every):
            self._page.add(part)
        self._page.box.addStretch(1)
        self._offer()

    def title(self) -> str:
        return "Figures"

    def subtitle(self) -> str:
        title = self._found.told.title if self._found else dict(self._cards).get(self._card, "")
        return f"{title}, {period_words(*self._days)}."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Figures"))

    def acts(self) -> Sequence[QWidget]:
        table = Button("Save as a table", name="figures/save", icon="table-2")
        table.clicked.connect(self._save)
        paper = Button("Save as a PDF", name="figures/pdf", icon="file-down")
        paper.clicked.connect(self.export)
        return (table, paper, *self._board())

    def _board(self) -> Sequence[QWidget]:
        """For whoever reads the council’s figures: of the latest year that is over."""
        if not may_report(self.shell.desk):
            return ()
        act = Button("Report to the board", name="figures/board", icon="file-down")
        act.setAccessibleDescription(f"The year {year_words(latest_year(self.shell.desk))}, as a PDF")
        act.clicked.connect(self._report)
        return (act,)

    def _report(self) -> None:
        desk = self.shell.desk
        year = latest_year(desk)
        name, _kind = QFileDialog.getSaveFileName(self, "Save the report", f"board-{year}.pdf", "PDF (*.pdf)")
        if name:
            self.shell.run(self, partial(print_report, desk, Path(name), year), self.shell.messages.news)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        if not self._card:
            self._heard.setText(flow.NOT_YOURS)
            return
        desk, card, days, moment = self.shell.desk, self._card, self._days, self._moment()
        self._heard.setText("Asking the council…")
        self.shell.fetch(self, lambda: flow.scorecard(desk, card, *days, moment), self._show, self._unheard)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self.findChild(QWidget, "figures/card")

    def export(self) -> None:
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the scorecard", f"{self._card}.pdf", "PDF (*.pdf)")
        if name:
            op = partial(print_scorecard, self.shell.desk, Path(name), self._found.told)
            self.shell.fetch(self, op, self.shell.messages.news)

    def _offer(self) -> None:
        """The choices, made anew: which periods there are goes by the card."""
        empty(self._choices_line)
        today = local(self.shell.now()).date()
        periods = [(one.code, one.words) for one in periods_offered(self._card, today)]
        cards = DropDown(self._cards, name="figures/card", label="Scorecard")
        cards.put(self._card)
        cards.activated.connect(self._card_chosen)
        period = DropDown(periods, name="figures/period", label="Period")
        period.put("/".join(one.isoformat() for one in self._days))
        period.activated.connect(self._period_chosen)
        known = DropDown(
            [(NOW, "As known now"), (THEN, "As known when the period ended")], name="figures/known", label="Known when"
        )
        known.put(self._known)
        known.activated.connect(self._known_chosen)
        boxes = (cards, period) if flow.counts_own(self.shell.desk) else (cards, period, known)
        for box in boxes:
            self._choices_line.addWidget(box)

    def _code(self, name: str) -> str:
        box = self.findChild(DropDown, name)
        return (box.code() or "") if box is not None else ""

    def _card_chosen(self, _at: int) -> None:
        card = self._code("figures/card")
        if card and card != self._card:
            self._card, self._chosen = card, ""
            usual = whole(card, local(self.shell.now()).date())
            self._days = (usual.first, usual.last)
            self._offer()
            self.refresh()

    def _period_chosen(self, _at: int) -> None:
        first, _, last = self._code("figures/period").partition("/")
        if last:
            self._days = (date.fromisoformat(first), date.fromisoformat(last))
            self.refresh()

    def _known_chosen(self, _at: int) -> None:
        self._known = self._code("figures/known") or NOW
        self.refresh()

    def _moment(self) -> datetime | None:
        """When the last day of the period was over; a period that is going on is known as it is now."""
        if self._known == NOW:
            return None
        end = datetime.combine(self._days[1] + timedelta(days=1), time.min, LONDON)
        return end if end <= self.shell.now() else None

    def _unheard(self, error: KnownError) -> None:
        self._found = None
        for box in (self._body_box, self._behind_box, self._every_box):
            empty(box)
        self._heard.setText(str(error))
        self.heading_changed.emit()

    def _show(self, found: Scorecard) -> None:
        self._found = found
        told = found.told
        words = [flow.heard_line(self.shell.desk, found)]
        if line := published_line(told):
            words.append(line)
        if any(one.count is None for one in told.figures):
            words.append(HIDES)
        self._heard.setText(" ".join(words))
        empty(self._body_box)
        empty(self._every_box)
        if told.published_words:
            said = Card(f"What {told.published_by} says about them")
            said.add(padded(label(told.published_words, "body", name="figures/said"), (16, 8, 16, 12)))
            self._body_box.addWidget(said)
        self._body_box.addWidget(self._headlines(found))
        self._body_box.addWidget(self._pictures(found))
        self._every_box.addWidget(self._every_figure(found))
        if publishing := publishing_card(self.shell, found, self._publish):
            self._every_box.addWidget(publishing)
        self._list(self._chosen or told.figures[0].number)
        self.heading_changed.emit()

    def _headlines(self, found: Scorecard) -> QWidget:
        holder = QWidget()
        tiles = Tiles(holder, gap=16, least=look().px(170))
        for one in found.told.figures[:HEADLINES]:
            tile = Panel()
            box = column(tile, gap=2, margins=(16, 12, 16, 12))
            box.addWidget(label(one.title, "strong"))
            box.addWidget(label(count_words(one), "number", name=f"figures/headline/{one.number}"))
            tiles.addWidget(tile)
        return holder

    def _pictures(self, found: Scorecard) -> QWidget:
        holder = QWidget()
        tiles = Tiles(holder, gap=16, least=look().px(380))
        for place, drawn in enumerate(found.told.pictures):
            tiles.addWidget(picture_card(found, drawn, place, self._choose))
        return holder

    def _every_figure(self, found: Scorecard) -> QWidget:
        numbers = [one.number for one in found.told.figures]
        table = Table(HEADS, figure_rows(found), name="figures/every", words="Every figure", opens=numbers)
        table.opened.connect(self._choose)
        card = Card("Every figure")
        card.add(padded(table, (8, 8, 8, 8)))
        return card

    def _publish(self, words: str) -> None:
        desk, found = self.shell.desk, self._found
        if found is not None:
            self._heard.setText("Asking the council…")
            self.shell.fetch(self, lambda: publish(desk, found, words), self._published, self._not_published)

    def _published(self, found: Scorecard) -> None:
        self._show(found)
        self._page.verticalScrollBar().setValue(0)
        self.shell.messages.news("Published. They stay as they are, whatever is written from now on.")

    def _not_published(self, error: KnownError) -> None:
        self._heard.setText(f"{error} Nothing was published.")
        self._page.verticalScrollBar().setValue(0)

    def _choose(self, number: str) -> None:
        """What was chosen is brought into view."""
        self._list(number)
        QTimer.singleShot(0, self._behind, self._bring)

    def _bring(self) -> None:
        self._page.ensureWidgetVisible(self._behind, 24, 80)

    def _list(self, number: str) -> None:
        figure = self._found.figure(number) if self._found else None
        if figure is None:
            return
        self._chosen = number
        desk = self.shell.desk
        self.shell.run(self, lambda: behind_lines(desk, figure), partial(self._show_behind, figure))

    def _show_behind(self, figure: FigureTold, lines: tuple[BehindLine, ...]) -> None:
        self._lines = lines
        empty(self._behind_box)
        of = f" of {figure.denominator:,}" if figure.denominator else ""
        aside = label(
            f"{count_words(figure)}{of}. Figure {figure.number}.", "caption", "muted", name="figures/behind/of"
        )
        card = Card(figure.title, aside=aside)
        said = ". ".join(part for part in (figure.reading.rstrip("."), f"Source: {figure.source}") if part)
        card.add(padded(label(f"{said}.", "caption", "muted"), (16, 8, 16, 8)))
        if lines:
            rows = [(line.child, line.what, line.number) for line in lines]
            opens = [str(place) if line.place else "" for place, line in enumerate(lines)]
            table = Table(BEHIND_HEADS, rows, name="figures/behind", words=figure.title, opens=opens)
            table.opened.connect(self._open)
            card.add(padded(table, (8, 8, 8, 8)))
        elif figure.count != 0:
            card.add(padded(label(NONE_BEHIND, "body", name="figures/behind/none"), (16, 8, 16, 12)))
        self._behind_box.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)

    def _open(self, place: str) -> None:
        line = self._lines[int(place)]
        self.shell.go(line.place, line.about)

    def _save(self) -> None:
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", f"{self._card}.csv", "Table (*.csv)")
        if name:
            op = partial(save_scorecard, self.shell.desk, Path(name), self._found.told)
            self.shell.run(self, op, self.shell.messages.news)
