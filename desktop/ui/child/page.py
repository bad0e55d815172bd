"""One child: what needs deciding, what is known and from where, the last weeks, the people, and every record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows import child_page as flow
from desktop.flows.acting import open_matter
from desktop.flows.child_page import ChildPage, Entry
from desktop.flows.matter import Matter
from desktop.ui.child.about import about_card
from desktop.ui.child.people_map import people_card
from desktop.ui.child.timeline import timeline_card
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.layout import column, empty, row, stacked
from desktop.ui.kit.line_button import LineButton
from desktop.ui.kit.panels import Banner, Card, Notice, Scroller, padded
from desktop.ui.kit.table import Table
from desktop.ui.kit.waiting import Waiting
from desktop.ui.kit.words import Tag, hairline, label
from desktop.ui.theme import look

ABOUT, PEOPLE = 360, 412
FEW = 4
QUIET = ("plan",)  # its day stands among the facts; a banner would say it twice


class ChildScreen(Screen):
    """Facts on the left, pictures and records on the right; one under another when the text is large."""

    place = "children"

    def __init__(self, shell: Shell, child_id: str) -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._found: ChildPage | None = None
        self._whole, self._all = False, False
        self._page = Scroller(gap=16, name="child")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return self._found.child.name if self._found else ""

    def subtitle(self) -> str:
        return self._found.about if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children", Where("children")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        card = Button("Find Me card", name="child/find_me", icon="contact")
        card.clicked.connect(lambda: self.shell.go("find_me", self.child_id))
        new = Button("New record", name="child/new", kind="primary", icon="plus", key="Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new", self.child_id))
        return (card, new)

    def start(self) -> None:
        self._waiting = Waiting("Reading the child’s records…", self._page)
        self.refresh()

    def refresh(self) -> None:
        desk, child_id, whole = self.shell.desk, self.child_id, self._whole
        self.shell.run(self, lambda: flow.child_page(desk, child_id, whole=whole), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: ChildPage) -> None:
        self._found = found
        self._waiting.done()
        empty(self._page.box)
        for number, matter in enumerate(m for m in found.matters if m.kind not in QUIET):
            self._page.add(self._banner(found, matter, first=number == 0))
        facts = Link("All facts", name="child/facts", size="caption")
        facts.clicked.connect(lambda: self.shell.go("form", self.child_id))
        about = about_card(found, facts)
        holder = QWidget()
        if look().narrow:
            self._page.add(about)
            self._page.add(self._pictures(found))
        else:
            line = row(holder, gap=16)
            about.setFixedWidth(look().px(ABOUT))
            line.addWidget(about)
            line.addWidget(self._pictures(found), 1)
            self._page.add(holder)
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _banner(self, found: ChildPage, matter: Matter, *, first: bool) -> QWidget:
        act = Button(matter.act, name=f"child/matter/{matter.id}", kind="decide" if matter.decides else "plain")
        act.setAccessibleDescription(f"{matter.title}. {matter.line}")
        act.clicked.connect(lambda: self._decide(matter))
        kind: Notice = "decide" if matter.decides else "soon"
        icon = "split" if matter.decides else "calendar-clock"
        text = f"{matter.line.rstrip('.')}. {matter.because}"
        if not first or not matter.decides:
            return Banner(kind, icon, matter.title, text, act)
        table = _tests(found)
        each = Link("Each test", name="child/tests", size="caption", tone="decide")
        each.setCheckable(True)
        each.toggled.connect(table.setVisible)
        each.toggled.connect(lambda on: each.say("Hide the tests" if on else "Each test"))
        table.hide()
        return stacked(Banner(kind, icon, matter.title, text, act, more=each), table, gap=8)

    def _decide(self, matter: Matter) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: open_matter(desk, matter), self._opened)

    def _opened(self, record_id: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id)

    def _pictures(self, found: ChildPage) -> QWidget:
        time = timeline_card(found.timeline)
        for part in (time.picture, time.table):
            part.opened.connect(lambda record_id: self.shell.go("form", record_id))
        if found.timeline.earlier or self._whole:
            time.add(padded(self._reach(found), (look().room(16), 4, 16, look().room(10))), line=False)
        people = people_card(found.child.first_name, found.people) if found.people else _nobody()
        records = self._records(found.entries)
        if look().narrow:
            return stacked(time, people, records, gap=16)
        pair = QWidget()
        line = row(pair, gap=16)
        people.setFixedWidth(look().px(PEOPLE))
        line.addWidget(people)
        line.addWidget(records, 1)
        return stacked(time, pair, gap=16)

    def _reach(self, found: ChildPage) -> Link:
        words = "Only the last weeks" if self._whole else f"Show everything: {found.timeline.earlier} earlier"
        link = Link(words, name="child/timeline/reach", size="caption")
        link.clicked.connect(self._reached)
        return link

    def _reached(self) -> None:
        self._whole = not self._whole
        self.refresh()

    def _records(self, entries: Sequence[Entry]) -> Card:
        every = Link(f"All {len(entries)}", name="child/records/all", size="caption")
        every.setAccessibleDescription("Records")
        every.setVisible(False)
        card = Card("Records", aside=every)
        for entry in entries[:FEW]:
            card.add(self._entry(entry))
        rest = stacked(*(w for entry in entries[FEW:] for w in (hairline(), self._entry(entry))), gap=0)
        card.add(rest, line=False)
        rest.setVisible(self._all and len(entries) > FEW)
        if not entries:
            card.add(_quiet("No episodes recorded. Add one with New record."))
        card.box.addStretch(1)
        every.setVisible(len(entries) > FEW and not self._all)
        every.clicked.connect(lambda: self._show_all(rest, every))
        return card

    def _show_all(self, rest: QWidget, every: QWidget) -> None:
        self._all = True
        rest.show()
        rest.findChildren(LineButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        every.hide()

    def _entry(self, entry: Entry) -> LineButton:
        name = f"child/record/{entry.record_id}"
        line = LineButton(entry.title, entry.line, name=name, tag=Tag(entry.tag, entry.state) if entry.tag else None)
        line.clicked.connect(lambda: self.shell.go("form", entry.record_id))
        return line


def _tests(found: ChildPage) -> Table:
    """Met or not, each with its dates, rule and source: nobody has to trust a banner."""
    rows = [(t.what, "Met" if t.met else "Not met", t.dates or "None", f"{t.rule}: {t.source}") for t in found.tests]
    return Table(("Test", "Result", "Episodes", "Rule and source"), rows, name="child/tests/table", words="Each test")


def _nobody() -> Card:
    card = Card("People")
    card.add(_quiet("Nobody is named yet. People come from the child’s record, the Find Me Plan and interviews."))
    card.box.addStretch(1)
    return card


def _quiet(words: str) -> QWidget:
    side = look().room(16)
    return padded(label(words, "body", "muted"), (side, look().room(10), side, look().room(10)))
