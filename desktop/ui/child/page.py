"""One child: what needs deciding, what is known and from where, the last weeks, the people, and every record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import local
from desktop.flows.child import child_page as flow
from desktop.flows.child.child_page import ChildPage, ListedRecord
from desktop.flows.due.doubles import DOUBLE, PossibleDouble, not_same_as, same_as
from desktop.flows.due.interviews.danger_untold import DANGER
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_now import MissingNow, police_words, since_words
from desktop.flows.due.new_record import begins_anything
from desktop.flows.due.open_matter import open_matter
from desktop.ui.child.about import about_card
from desktop.ui.child.away_cards import away_cards
from desktop.ui.child.double_card import DoubleAnswer, double_card
from desktop.ui.child.from_council_card import from_council_card
from desktop.ui.child.people_map import people_card
from desktop.ui.child.reasons_picture import reasons_card
from desktop.ui.child.timeline_picture import timeline_card
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Tag, hairline, label
from desktop.ui.kit.basics.layout import column, empty, row, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Banner, Card, Notice, Scroller, padded
from desktop.ui.kit.basics.picture import PictureCard
from desktop.ui.kit.basics.table import Table
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.notices.told_card import told_card
from desktop.ui.theme import look

ABOUT, PEOPLE = 360, 412
FEW = 4
QUIET = ("plan", DOUBLE)  # a plan's day stands among the facts, a double has a card: a banner would say it twice


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
        self._waiting = WaitingLabel("Reading the child’s records…", self._page)

    def title(self) -> str:
        return self._found.child.name if self._found else ""

    def subtitle(self) -> str:
        """A child who is missing is so before all else that is known."""
        if self._found is None:
            return ""
        missing = self._found.missing
        return f"{_missing_line(missing, self.shell.now())}\n{self._found.about}" if missing else self._found.about

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children", Where("children")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        before = Button("Before you go", name="child/before")
        before.clicked.connect(lambda: self.shell.go("before", self.child_id))
        card = Button("Find Me card", name="child/find_me", icon="contact")
        card.clicked.connect(lambda: self.shell.go("find_me", self.child_id))
        new = Button("New record", name="child/new", kind="primary", icon="plus", key="Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new", self.child_id))
        return (before, card, new) if begins_anything(self.shell.desk) else (before, card)

    def start(self) -> None:
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
        for double in found.doubles:
            self._page.add(double_card(double, partial(self._say_of, double)))
        shown = [one for one in found.matters if one.kind not in QUIET]
        first = next((one for one in shown if one.kind != DANGER), None)
        for matter in shown:
            self._page.add(self._banner(found, matter, first=matter is first))
        if found.missing is not None:
            self._page.add(told_card(found.told, self.shell.now(), lambda one: self.shell.go("notice", one)))
        if found.from_council is not None:
            self._page.add(from_council_card(found.from_council))
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
        kind, icon = _look_of(matter)
        act = Button(matter.act, name=f"child/matter/{matter.id}", kind="decide" if kind == "decide" else "plain")
        act.setAccessibleDescription(f"{matter.title}. {matter.line}")
        act.clicked.connect(lambda: self._decide(matter))
        text = ". ".join(part for part in (matter.line.rstrip("."), matter.waited, matter.because) if part)
        if not first or not matter.decides:
            return Banner(kind, icon, matter.title, text, act)
        table = _tests(found)
        each = Link("Each test", name="child/tests", size="caption", tone="decide")
        each.setCheckable(True)
        each.toggled.connect(table.setVisible)
        each.toggled.connect(lambda on: each.say("Hide the tests" if on else "Each test"))
        table.hide()
        return stacked(Banner(kind, icon, matter.title, text, act, more=each), table, gap=8)

    def _say_of(self, double: PossibleDouble, act: DoubleAnswer) -> None:
        """One press; what was recorded twice stays to be read, marked as the same."""
        desk, first, second = self.shell.desk, double.first.record_id, double.second.record_id
        deed = same_as if act is DoubleAnswer.SAME else not_same_as
        self.shell.once(self, lambda: deed(desk, second, first), lambda _done: self._has_said())

    def _has_said(self) -> None:
        self.shell.outbox_changed.emit()
        self.refresh()

    def _decide(self, matter: Matter) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: open_matter(desk, matter), partial(self._opened, part=matter.part))

    def _opened(self, record_id: str, *, part: str = "") -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id, part)

    def _pictures(self, found: ChildPage) -> QWidget:
        time = timeline_card(found.timeline)
        for part in (time.picture, time.table):
            part.opened.connect(lambda record_id: self.shell.go("form", record_id))
        if found.timeline.earlier or self._whole:
            time.add(padded(self._reach(found), (look().room(16), 4, 16, look().room(10))), line=False)
        people = people_card(found.child.first_name, found.people) if found.people else _nobody(found)
        records = self._records(found.entries)
        away = away_cards(found, self.shell)
        why = self._why(found)
        if look().narrow:
            return stacked(time, *away, *why, people, records, gap=16)
        pair = QWidget()
        line = row(pair, gap=16)
        people.setFixedWidth(look().px(PEOPLE))
        line.addWidget(people)
        line.addWidget(records, 1)
        return stacked(time, *away, *why, pair, gap=16)

    def _why(self, found: ChildPage) -> Sequence[QWidget]:
        """Nothing where this laptop does not keep interviews."""
        if found.why is None:
            return ()
        card = reasons_card(found.why, local(self.shell.now()).date())
        if isinstance(card, PictureCard):
            for part in (card.picture, card.table):
                part.opened.connect(lambda record_id: self.shell.go("form", record_id))
        return (card,)

    def _reach(self, found: ChildPage) -> Link:
        words = "Only the last weeks" if self._whole else f"Show everything: {found.timeline.earlier} earlier"
        link = Link(words, name="child/timeline/reach", size="caption")
        link.clicked.connect(self._reached)
        return link

    def _reached(self) -> None:
        self._whole = not self._whole
        self.refresh()

    def _records(self, entries: Sequence[ListedRecord]) -> Card:
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

    def _entry(self, entry: ListedRecord) -> LineButton:
        name = f"child/record/{entry.record_id}"
        line = LineButton(entry.title, entry.line, name=name, tag=Tag(entry.tag, entry.state) if entry.tag else None)
        line.clicked.connect(lambda: self.shell.go("form", entry.record_id))
        return line


def _look_of(matter: Matter) -> tuple[Notice, str]:
    if matter.kind == DANGER:
        return "problem", "triangle-alert"
    return ("decide", "split") if matter.decides else ("soon", "calendar-clock")


def _missing_line(missing: MissingNow, now: datetime) -> str:
    """“Missing 4 h 27 min, since Wed 25 November, 22:40. Police: medium risk, reference AP-26-118362”."""
    since = since_words(missing, now)
    return f"{missing.headline}, {_lowered(since)}. Police: {_lowered(police_words(missing))}"


def _lowered(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _tests(found: ChildPage) -> Table:
    """Met or not, each with its dates, rule and source: nobody has to trust a banner."""
    rows = [(t.what, "Met" if t.met else "Not met", t.dates or "None", t.source) for t in found.tests]
    return Table(("Test", "Result", "Episodes", "Source"), rows, name="child/tests/table", words="Each test")


def _nobody(found: ChildPage) -> Card:
    card = Card("People")
    here = "Nobody is named in what is kept on this laptop."
    everywhere = "Nobody is named yet. People come from the child’s record, the Find Me Plan and interviews."
    card.add(_quiet(everywhere if found.plans_held else here))
    card.box.addStretch(1)
    return card


def _quiet(words: str) -> QWidget:
    side = look().room(16)
    return padded(label(words, "body", "muted"), (side, look().room(10), side, look().room(10)))
