"""A month of the police’s list: in both, only with the police, only here; each line opened and decided; signed off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, month_and_year
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.children import Child
from desktop.flows.police import police_deciding as flow
from desktop.flows.police import police_listed
from desktop.flows.police.police_months import (
    EpisodeHere,
    OnlyHere,
    PoliceEntry,
    PoliceMonth,
    episodes_here,
    police_month,
)
from desktop.flows.sheet_reading import month_typed
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, TagKind, label
from desktop.ui.kit.basics.layout import beside, column, empty, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.police.decision_panel import EntryPanel, OurPanel
from desktop.ui.theme import look

MOST = 100  # lines of a group that are shown, those to be decided first


@dataclass(frozen=True, slots=True)
class _AtHand:
    month: PoliceMonth
    here: Mapping[str, EpisodeHere]


class PoliceMonthScreen(Screen):
    """One line is open at a time, and what is written for it is kept with it. The filled button signs the month off."""

    place = "team"

    def __init__(self, shell: Shell, month: str, chosen: str = "") -> None:
        super().__init__(shell)
        self._month, self._chosen = month, chosen
        self._found: _AtHand | None = None
        self._who: Sequence[Child] = ()
        self._page = Scroller(gap=16, name="police_month")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the police’s list…", self._page)

    def title(self) -> str:
        return f"Police list, {month_and_year(self._found.month.month)}" if self._found else "Police list"

    def subtitle(self) -> str:
        return f"{police_listed.state_said(self._found.month)}." if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Team", Where("team")), Crumb("Police list", Where("police")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        save = Button("Save as a table", name="police/save", icon="table-2")
        save.clicked.connect(self._save)
        return (save,) if self._found else ()

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, month = self.shell.desk, self._month
        self.shell.run(
            self, lambda: _AtHand(police_month(desk, month_typed(month, "list")), episodes_here(desk)), self._show
        )

    def bookmark(self) -> Where | None:
        return Where("police_month", self._month, self._chosen)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        if self._found:
            self._do(lambda: flow.sign_off(self.shell.desk, self._of))

    @property
    def _of(self) -> date:
        return month_typed(self._month, "list")

    def _show(self, found: _AtHand) -> None:
        self._found = found
        self._waiting.done()
        for kept in self._page.findChildren(KeptBox):
            kept.save_now()
        empty(self._page.box)
        entries, month = found.month.entries, found.month
        self._page.add(self._sign_off_card(month))
        both = [one for one in entries if one.in_both]
        police = [one for one in entries if not one.in_both]
        self._page.add(self._card(police_listed.IN_BOTH, [self._entry(one) for one in both[:MOST]], len(both)))
        self._page.add(self._card(police_listed.ONLY_POLICE, [self._entry(one) for one in police[:MOST]], len(police)))
        ours = [self._our(one) for one in month.only_here[:MOST]]
        self._page.add(self._card(police_listed.ONLY_HERE, ours, len(month.only_here)))
        self._page.box.addStretch(1)
        self.heading_changed.emit()
        self._to_the_line()

    def _to_the_line(self) -> None:
        """The keyboard stays with the work: on the line that is open, or on the first that waits for a decision."""
        month = self._found.month if self._found else None
        waiting = [one.row_id for one in month.entries if one.decision is None] if month else []
        waiting += [one.here.episode_id for one in month.only_here if one.decision is None] if month else []
        name = f"police/line/{self._chosen or next(iter(waiting), '')}"
        for line in self._page.findChildren(LineButton, name)[-1:]:  # those before it are on their way out
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.ensureWidgetVisible(line)

    def _sign_off_card(self, month: PoliceMonth) -> Card:
        card = Card("Sign off the month", icon="signature")
        first = "" if month.is_settled else " Each line and each episode is decided by a person first."
        parts: list[QWidget] = [label(f"{police_listed.state_said(month)}.{first}", name="police/state")]
        if month.lists and not month.is_settled:
            act = Button("Sign off", name="police/sign-off", kind="primary", key="Ctrl+Enter")
            act.clicked.connect(self.primary)
            parts.append(act)
        card.add(_padded(beside(*parts, gap=12, stretch=0)))
        return card

    def _card(self, title: str, lines: Sequence[QWidget], count: int) -> Card:
        card = Card(title, aside=label(counted(count, "line"), "caption", "muted", wrap=False))
        for line in lines:
            card.add(line)
        if count > len(lines):
            more = f"And {count - len(lines)} more, after these. All stand in the table that you save."
            card.add(_padded(label(more, "body", "muted")))
        if not count:
            card.add(_padded(label("None.", "body", "muted")))
        return card

    def _entry(self, one: PoliceEntry) -> QWidget:
        line = self._line(one.row_id, one.line.name, police_listed.line_said(one.line), one)
        if one.row_id != self._chosen or self._found is None:
            return line
        why = line_box("police/why", "Why it is not ours")
        panel = EntryPanel(one, self._found.here, why, self._who)
        KeptBox(self.shell, "police", f"police/why/{one.row_id}", why)
        desk, row_id = self.shell.desk, one.row_id
        panel.same.connect(lambda episode: self._do(lambda: flow.same_episode(desk, row_id, episode)))
        panel.not_ours.connect(lambda: self._not_ours(row_id, why.words()))
        panel.again.connect(lambda: self._do(lambda: flow.undecide(desk, row_id)))
        panel.recorded.connect(lambda child, new: self._record(row_id, child, is_new=new))
        panel.opened.connect(lambda episode: self.shell.go("form", episode))
        return stacked(line, panel, gap=0)

    def _our(self, one: OnlyHere) -> QWidget:
        row_id = one.here.episode_id
        line = self._line(row_id, one.here.child.name_and_age, police_listed.episode_said(one.here), one)
        if row_id != self._chosen:
            return line
        words = line_box("police/words", "Who was asked, or why it was not for police")
        panel = OurPanel(one, words)
        KeptBox(self.shell, "police", f"police/words/{row_id}", words)
        desk, of = self.shell.desk, self._of
        panel.asked.connect(lambda: self._do(partial(flow.police_asked, desk, of, row_id, words.words())))
        panel.not_reported.connect(lambda: self._do(partial(flow.not_for_police, desk, of, row_id, words.words())))
        panel.opened.connect(lambda episode: self.shell.go("form", episode))
        return stacked(line, panel, gap=0)

    def _line(self, row_id: str, name: str, said: str, one: PoliceEntry | OnlyHere) -> LineButton:
        kind: TagKind = "decide" if one.disputed else "signed" if one.decision else "draft"
        tag = Tag(kind, police_listed.DECIDED[one.decision] if not one.disputed else "Decide again")
        words = ". ".join(part for part in (said, police_listed.TWO_SAID if one.disputed else one.why) if part)
        line = LineButton(name, words, name=f"police/line/{row_id}", tag=tag)
        line.clicked.connect(partial(self._choose, row_id))
        return line

    def _choose(self, row_id: str, _on: bool = False) -> None:
        self._chosen, self._who = ("" if row_id == self._chosen else row_id), ()
        if self._found:
            self._show(self._found)

    def _not_ours(self, row_id: str, why: str) -> None:
        self._do(lambda: flow.not_ours(self.shell.desk, row_id, why))

    def _record(self, row_id: str, child: str, *, is_new: bool) -> None:
        desk = self.shell.desk
        if child or is_new:
            self.shell.once(self, lambda: flow.record_it(desk, row_id, child, is_new=is_new), self._recorded)
            return
        self.shell.once(self, lambda: flow.who_must_be_asked(desk, row_id), partial(self._asked_who, row_id))

    def _asked_who(self, row_id: str, who: Sequence[Child]) -> None:
        if not who:
            desk = self.shell.desk
            self.shell.once(self, lambda: flow.record_it(desk, row_id), self._recorded)
            return
        self._who = who
        if self._found:
            self._show(self._found)

    def _recorded(self, episode: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", episode)

    def _do(self, deed: Callable[[], object]) -> None:
        self.shell.once(self, deed, lambda _done: self._done())

    def _done(self) -> None:
        self._chosen, self._who = "", ()
        self.shell.outbox_changed.emit()
        self.refresh()

    def _save(self) -> None:
        if self._found is None:
            return
        suggested = f"police-list-{self._month}.csv"
        name, _kind = QFileDialog.getSaveFileName(self, "Save the table", suggested, "Table (*.csv)")
        if name:
            desk, table = self.shell.desk, police_listed.table_of(self._found.month)
            self.shell.run(self, lambda: save_table(desk, Path(name), "police list", table), self.shell.messages.news)


def _padded(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(10), side, look().room(12)))
