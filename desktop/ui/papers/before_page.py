"""Before you go: the page a worker opens in the car, and the sheet to print from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import clock_time, counted, local, near_day
from casework.errors import BugError
from desktop.flows.papers import before_you_go as flow
from desktop.flows.papers.before_you_go import BeforeYouGo
from desktop.flows.papers.visit_paper import FILE_NAME, save_sheet, sheet_to_print, sheet_was_printed
from desktop.flows.papers.visit_safety import NONE_WRITTEN
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import NOTES_ALONE, Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row, spacer, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.printing.print_act import PrintAct
from desktop.ui.theme import look

NAME = 108  # the column of what a fact is called


class BeforeScreen(Screen):
    """Reads from this laptop alone: it is opened where there is no network."""

    place = "today"

    def __init__(self, shell: Shell, about: str) -> None:
        super().__init__(shell)
        self._about = about
        self._found: BeforeYouGo | None = None
        whole = column(self, gap=0)
        self._page = Scroller(gap=16, name="before")
        whole.addWidget(self._page, 1)
        self._foot = QWidget()
        self._foot_box = row(self._foot, gap=12, margins=(24, 12, 24, 12))
        whole.addWidget(self._foot)
        self._waiting = WaitingLabel("Reading what is known…", self._page)
        self._main: Button | None = None
        self.printing = PrintAct(shell, self, lambda: partial(sheet_was_printed, shell.desk, self._read()))

    def title(self) -> str:
        return "Before you go"

    def subtitle(self) -> str:
        return (
            ". ".join(part for part in (self._found.child.name_and_age, self._found.title) if part)
            if self._found
            else ""
        )

    def crumbs(self) -> Sequence[Crumb]:
        if self._found is None:
            return (Crumb("Today", Where("today")), Crumb("Before you go"))
        child = self._found.child
        return (
            Crumb("Today", Where("today")),
            Crumb(child.name, Where("child", child.child_id)),
            Crumb("Before you go"),
        )

    def acts(self) -> Sequence[QWidget]:
        found = self._found
        if found is None:
            return ()
        card = Button("Find Me card", name="before/find_me", icon="contact")
        card.clicked.connect(lambda: self.shell.go("find_me", found.child.child_id))
        words = "Change the time" if found.meeting.record_id else "Add a time"
        time = Button(words, name="before/time", icon="calendar-clock")
        time.clicked.connect(self._change_time)
        return (card, time) if found.changes_time else (card,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, about = self.shell.desk, self._about
        self.shell.run(self, lambda: flow.before_you_go(desk, about), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page, self._foot)

    def bookmark(self) -> Where | None:
        return Where("before", self._about)

    def first_focus(self) -> QWidget | None:
        return self._main

    def primary(self) -> None:
        if self._main is not None:
            self._main.click()

    def leave(self) -> None:
        self.printing.stop()

    def _read(self) -> BeforeYouGo:
        if self._found is None:
            message = "there is nothing to print yet"
            raise BugError(message)
        return self._found

    def _ask_printer(self) -> None:
        self.printing.make_and_ask(partial(sheet_to_print, self.shell.desk, self._read()))

    def export(self) -> None:
        """Asks where; the name suggested is nobody’s."""
        if self._found is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the sheet", FILE_NAME, "PDF (*.pdf)")
        if name:
            deed = partial(save_sheet, self.shell.desk, self._found, Path(name))
            self.shell.run(self, deed, self.shell.messages.news)

    def _change_time(self) -> None:
        if self._found is not None:
            desk, found = self.shell.desk, self._found
            self.shell.once(self, lambda: flow.time_of_visit(desk, found), self._opened)

    def _opened(self, record_id: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id)

    def _show(self, found: BeforeYouGo) -> None:
        self._found = found
        self._waiting.done()
        empty(self._page.box)
        self._page.add(_meeting(found, self.shell))
        holder = QWidget()
        line = column(holder, gap=16) if look().narrow else row(holder, gap=16)
        for share, part in ((5, _prompts(found)), (5, _known(found)), (4, stacked(*_asides(found), gap=16))):
            line.addWidget(part, 0 if look().narrow else share, Qt.AlignmentFlag.AlignTop)
        self._page.add(holder)
        self._page.box.addStretch(1)
        self._fill_foot(found)
        self.heading_changed.emit()
        if self._main is not None:
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_foot(self, found: BeforeYouGo) -> None:
        empty(self._foot_box)
        self._main = None
        if found.record_id:
            self._main = Button(
                "Open the record", name="before/open", kind="primary", icon="square-pen", key="Ctrl+Enter"
            )
            self._main.setAccessibleDescription(found.title)
            self._main.clicked.connect(lambda: self.shell.go("form", found.record_id))
            self._foot_box.addWidget(self._main)
            notes = Button("Start notes", name="before/notes", icon="notebook-pen")
            notes.clicked.connect(lambda: self.shell.go("form", found.record_id, f"/{NOTES_ALONE}"))
            self._foot_box.addWidget(notes)
        paper = Button("Print the sheet", name="before/print", icon="printer")
        paper.clicked.connect(self._ask_printer)
        self._foot_box.addWidget(paper)
        sheet = Button("Save the sheet", name="before/sheet", icon="file-down", key="Ctrl+P")
        sheet.clicked.connect(self.export)
        self._foot_box.addWidget(sheet)
        forms = Link("Blank forms", name="before/blank")
        forms.clicked.connect(lambda: self.shell.go("blank", found.child.child_id))
        self._foot_box.addWidget(forms)
        self._foot_box.addWidget(spacer())


def _meeting(found: BeforeYouGo, shell: Shell) -> Card:
    """When, where, why, and who waits for the call: what is not said is said to be missing."""
    card, meeting, now = Card(), found.meeting, shell.now()
    holder = QWidget()
    line = column(holder, gap=12) if look().narrow else row(holder, gap=24)
    side = look().room(16)
    line.setContentsMargins(side, look().room(12), side, look().room(12))
    on = local(meeting.at).date() if meeting.at else None
    today = local(now).date()
    day = "today" if on == today else near_day(on, today) if on else ""
    call = meeting.check_in_with or "Nobody waits for a call yet."
    cells = (
        ("Meet", clock_time(meeting.at) if meeting.at else "No time", day or "Add one, so that somebody knows."),
        ("Where", meeting.where or "No place", meeting.with_whom or "Who will be there is not written down."),
        ("Why", found.title or "No record is chosen", found.why),
        ("Check in by", clock_time(meeting.check_in) if meeting.check_in else "No call arranged", call),
    )
    for number, (name, words, below) in enumerate(cells):
        kind = "page" if number in (0, 3) else "strong"
        part = stacked(label(name, "caption", "muted"), label(words, kind), label(below, "caption", "muted"), gap=2)
        line.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    card.add(holder)
    return card


def _prompts(found: BeforeYouGo) -> Card:
    count = counted(len(found.prompts), "question") if found.prompts else ""
    card = Card("Still to be asked", icon="messages-square", aside=label(count, "caption", "muted", wrap=False))
    for prompt in found.prompts:
        ways = "  ".join(f"“{way}”" for way in prompt.ways)
        parts = [label(prompt.asks, "strong"), *([label(ways)] if ways else [])]
        card.add(_inset(stacked(*parts, gap=2)))
    if not found.prompts:
        none = (
            "Nothing more is asked of the child."
            if found.record_id
            else "Begin the record, and its questions stand here."
        )
        card.add(_inset(label(none, "body", "muted")))
    card.add(_inset(label("Ask how, what and where before why. Silence is fine.", "caption", "muted")))
    return card


def _known(found: BeforeYouGo) -> Card:
    card = Card("Known already", icon="file-text", aside=label("do not ask twice", "caption", "muted", wrap=False))
    for one in found.known:
        holder = QWidget()
        line = row(holder, gap=12)
        name = label(one.name, "caption", "muted")
        name.setFixedWidth(look().px(NAME))
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(stacked(label(one.words), label(one.source, "caption", "muted"), gap=0), 1)
        card.add(_inset(holder))
    if not found.known:
        card.add(_inset(label("Nothing is written down about this child yet.", "body", "muted")))
    return card


def _asides(found: BeforeYouGo) -> Iterator[QWidget]:
    safety = Card("Safety", icon="shield-check")
    for one in found.safety:
        safety.add(_inset(stacked(label(one.words), label(one.source, "caption", "muted"), gap=0)))
    if not found.safety:
        safety.add(_inset(label(NONE_WRITTEN, "body", "muted")))
    for contact in found.emergency:
        safety.add(_inset(stacked(label(contact.name), label(f"{contact.phone}. {contact.hours}", "strong"), gap=0)))
    yield safety
    if found.due:
        due = Card("Due for this child", icon="calendar-clock")
        for words in found.due:
            due.add(_inset(label(words)))
        yield due
    for title, icon, lines in (("Take", "check", found.take), ("This laptop", "laptop", found.laptop)):
        card = Card(title, icon=icon)
        for words in lines:
            card.add(_inset(label(words)), line=words == lines[0])
        yield card


def _inset(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(6), side, look().room(6)))
