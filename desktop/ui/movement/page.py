"""Schools’ movement returns: who owes one, each leaver until arrived safe or referred, and taking a return in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted, local, month_and_year, near_day
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.schools import files_between, movement_listed
from desktop.flows.schools import leavers_followed as flow
from desktop.flows.schools.files_between import SchoolFiles
from desktop.flows.schools.leavers_followed import Leaver, Movement
from desktop.flows.schools.movement_listed import report_said
from desktop.flows.schools.return_sheet import HEADS
from desktop.flows.schools.returned_file import take_in_file
from desktop.flows.schools.taking_in import ReturnReport
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty, row, spacer, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look

MOST = 100


class MovementScreen(Screen):
    """What was written for a leaver stands in one box, with the leaver it is about chosen by its button."""

    place = "caseload"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found = Movement((), (), ())
        self._files: Sequence[SchoolFiles] = ()
        self._who_for = ""  # the leaver whose referral asks which child it is
        self._who: Sequence[Child] = ()
        self._school = line_box("movement/school", "Name of school")
        self._month = line_box("movement/month", "Month, as 2026-03")
        self._how = line_box("movement/how", "What shows that the child has arrived")
        self._boxes = [
            KeptBox(shell, "movement", f"movement/{name}", box)
            for name, box in (("school", self._school), ("month", self._month), ("how", self._how))
        ]
        self._said = label("", "body", name="movement/said")
        self._page = Scroller(gap=16, name="movement")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading schools’ returns…", self._page)

    def title(self) -> str:
        return "Movement of children"

    def subtitle(self) -> str:
        return f"{counted(sum(not one.is_settled for one in self._found.leavers), 'leaver')} to follow"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Caseload", Where("caseload")), Crumb(self.title()))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        files = files_between.files_between if files_between.keeps_files(desk) else _no_files
        self.shell.run(self, lambda: (flow.movement(desk), files(desk)), self._read)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _read(self, read: tuple[Movement, Sequence[SchoolFiles]]) -> None:
        found, self._files = read
        self._show(found)

    def _show(self, found: Movement) -> None:
        self._found = found
        self._waiting.done()
        for box in (self._school, self._month, self._how, self._said):
            box.setParent(self)  # outlives the cards, with what stands in it
            box.hide()
        empty(self._page.box)
        self._page.add(self._take_in_card())
        if found.owed:
            self._page.add(self._owed_card())
        self._page.add(self._leavers_card())
        if found.returns:
            self._page.add(self._returns_card())
        if files_between.keeps_files(self.shell.desk):
            self._page.add(self._files_card())
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _take_in_card(self) -> Card:
        card = Card("Take in a return", aside=label("A table saved as CSV", "caption", "muted", wrap=False))
        look_over = Button("Look it over", name="movement/look-over")
        look_over.clicked.connect(lambda: self._take_in(keep=False))
        keep = Button("Take it in", name="movement/take-in", kind="primary")
        keep.clicked.connect(lambda: self._take_in(keep=True))
        for box in (self._school, self._month, self._said):
            box.show()
        columns = f"Its columns: {', '.join(HEADS)}."
        card.add(
            _padded(
                beside(*self._named_boxes(), look_over, keep, gap=12),
                label(columns, "caption", "muted"),
                self._said,
            )
        )
        return card

    def _named_boxes(self) -> Sequence[QWidget]:
        named = (("Name of school", self._school), ("Month, as 2026-03", self._month))
        found = []
        for words, box in named:
            says = label(words, "caption", "muted")
            says.setBuddy(box)
            found.append(stacked(says, box, gap=4))
        return found

    def _owed_card(self) -> Card:
        card = Card("Not returned", icon="clock-alert")
        for one in self._found.owed[:MOST]:
            due = f"{month_and_year(one.month)}. It was due {near_day(one.due, self._today())}"
            card.add(_padded(label(one.school, "strong"), label(due, "caption", "waiting")))
        return card

    def _leavers_card(self) -> Card:
        followed = [one for one in self._found.leavers if not one.is_settled]
        card = Card("Leavers to follow", aside=label("Until arrived safe or referred", "caption", "muted", wrap=False))
        if followed:
            asks = label("What shows that the child has arrived", "caption", "muted")
            asks.setBuddy(self._how)
            self._how.show()
            card.add(_padded(asks, self._how))
        for one in followed[:MOST]:
            card.add(self._leaver(one))
        if not followed:
            card.add(_padded(label("Nobody is followed.", "body", "muted")))
        return card

    def _leaver(self, one: Leaver) -> QWidget:
        side = look().room(16)
        holder = QWidget()
        line = row(holder, gap=12, margins=(side, look().room(8), side, look().room(8)))
        left = f"Left {one.left_school} {near_day(one.left_on, self._today())} for {movement_listed.where_to(one)}"
        standing = movement_listed.standing_of(one, self._today())
        tone = "waiting" if one.due.due < self._today() else "muted"
        line.addWidget(stacked(label(one.name, "strong"), label(left), label(standing, "caption", tone), gap=0), 1)
        came = Button("Arrived safe", name=f"movement/arrived/{one.row_id}", small=True)
        came.setAccessibleDescription(one.name)
        came.clicked.connect(lambda: self._arrived(one))
        refers = Button("Refer as missing", name=f"movement/refer/{one.row_id}", small=True)
        refers.setAccessibleDescription(one.name)
        refers.clicked.connect(lambda: self._refer(one))
        line.addWidget(came, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(refers, 0, Qt.AlignmentFlag.AlignTop)
        return stacked(holder, self._which_child(one), gap=0) if self._who_for == one.row_id else holder

    def _which_child(self, one: Leaver) -> QWidget:
        """A child who may be here already is not begun twice: a person says who it is."""
        buttons: list[QWidget] = []
        for child in self._who:
            same = Button(f"It is {child.name_and_age}", name=f"movement/is/{child.child_id}", small=True)
            same.clicked.connect(lambda _on=False, found=child.child_id: self._refer_as(one, found, is_new=False))
            buttons.append(same)
        other = Button("It is another child", name=f"movement/new/{one.row_id}", small=True)
        other.clicked.connect(lambda: self._refer_as(one, "", is_new=True))
        asks = label("Somebody here already may be this child. Who is it?", "caption_strong")
        return _padded(asks, beside(*buttons, other, spacer(), gap=12))

    def _returns_card(self) -> Card:
        card = Card("Returns", aside=label(counted(len(self._found.returns), "return"), "caption", "muted", wrap=False))
        for one in self._found.returns[:MOST]:
            joined, left = counted(one.joined, "joiner"), counted(one.left, "leaver")
            words = label(f"{month_and_year(one.month)}: {joined}, {left}", "caption", "muted")
            card.add(_padded(label(one.school, "strong"), words))
        return card

    def _files_card(self) -> Card:
        """S2 §9, §17: each step is written in the referral, so there is nothing to write here."""
        card = Card("Files between schools", aside=label("By school", "caption", "muted", wrap=False))
        for one in self._files[:MOST]:
            tone = "waiting" if one.waiting else "muted"
            card.add(_padded(label(one.school, "strong"), label(files_between.line_of(one), "caption", tone)))
        if not self._files:
            card.add(_padded(label("None is noted yet. Each step stands in the child’s referral.", "body", "muted")))
        return card

    def _take_in(self, *, keep: bool) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "A school’s return", "", "CSV (*.csv)")
        if not name:
            return
        desk, school, month = self.shell.desk, self._school.words(), self._month.words()
        self.shell.once(self, lambda: take_in_file(desk, Path(name), school, month, keep=keep), self._taken)

    def _taken(self, done: ReturnReport) -> None:
        self._said.setText(report_said(done))
        if done.record_id:
            self.shell.outbox_changed.emit()
            self.refresh()

    def _arrived(self, one: Leaver) -> None:
        desk, how = self.shell.desk, self._how.words()
        self.shell.once(self, lambda: flow.arrived(desk, one.row_id, how), lambda _done: self._followed())

    def _followed(self) -> None:
        self._boxes[-1].forget()
        self.shell.outbox_changed.emit()
        self.refresh()

    def _refer(self, one: Leaver) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: flow.who_is_meant(desk, one.row_id), lambda who: self._asked_who(one, who))

    def _asked_who(self, one: Leaver, who: Sequence[Child]) -> None:
        if not who:
            self._refer_as(one, "", is_new=True)
            return
        self._who_for, self._who = one.row_id, who
        self._show(self._found)

    def _refer_as(self, one: Leaver, child_id: str, *, is_new: bool) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: flow.refer(desk, one.row_id, child_id, is_new=is_new), self._referred)

    def _referred(self, referral: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", referral)

    def _today(self) -> date:
        return local(self.shell.now()).date()


def _padded(*parts: QWidget) -> QWidget:
    side = look().room(16)
    return padded(stacked(*parts, gap=8), (side, look().room(10), side, look().room(12)))


def _no_files(_desk: Desk) -> tuple[SchoolFiles, ...]:
    """A role that reads schools’ returns and no referral."""
    return ()
