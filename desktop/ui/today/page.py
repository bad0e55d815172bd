"""Today: who is missing, what is due with both its clocks, the visits, and what waits for a decision or to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import clock_time, counted, local, near_day, when
from desktop.flows.council.sending import Sending
from desktop.flows.due import today as flow
from desktop.flows.due.doubles import DOUBLE
from desktop.flows.due.interviews.danger_untold import DANGER
from desktop.flows.due.interviews.interviews_due import Due, start_interview
from desktop.flows.due.matter import Matter
from desktop.flows.due.new_record import begins_anything
from desktop.flows.due.next_letter import next_letter
from desktop.flows.due.open_matter import open_matter
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.several_lines import LineOfWords, Lines
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, count_tag
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.notices.inbox_card import InboxCard
from desktop.ui.theme import look
from desktop.ui.today.begin_card import BeginCard, may_begin, not_joined_card
from desktop.ui.today.due_row import DueRow, column_heads
from desktop.ui.today.education_due import EducationDue, education_asides
from desktop.ui.today.matters import add_matters, coming_up, danger_banner, item, overdue
from desktop.ui.today.missing_card import MissingCard
from desktop.ui.visits.asked_card import AskedCard

ASIDE = 284
FEW, FEW_ASIDE = 8, 4  # of a list, before somebody asks for more of it
STARTED = frozenset({"Start", "Continue"})
NAMES = {"form": "open", "resolve": "decide", "returned": "returned"}


class TodayScreen(Screen):
    """Opens on the interview that is due soonest and can be started."""

    place = "today"
    renews = True
    acts_stay = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._today: flow.Today | None = None
        self._rows: list[DueRow] = []
        self._missing: MissingCard | None = None
        self._lead: EducationDue | BeginCard | None = None  # what a page without interviews begins with
        self._page = Scroller(gap=16, name="today")
        column(self).addWidget(self._page)
        self._patience = WaitingLabel("Reading your caseload…", self._page)

    def title(self) -> str:
        return "Today"

    def subtitle(self) -> str:
        """What nobody told this laptop since then is not here, and who is missing may be back."""
        if self._today is None:
            return ""
        heard = self._today.sending.last_heard
        told = f" Council last heard from: {when(heard, self.shell.now())}." if heard else ""
        return f"{self._today.date_line.rstrip('.')}.{told}" if told else self._today.date_line

    def crumbs(self) -> Sequence[Crumb]:
        council = self.shell.desk.officer.council
        return (Crumb(council),) if self.shell.desk.has_joined and council else ()

    def acts(self) -> Sequence[QWidget]:
        find = Button("Find a child", name="today/find", icon="search", key="" if look().narrow else "Ctrl+K")
        find.clicked.connect(lambda: self.shell.go("find"))
        new = Button("New record", name="today/new", icon="plus", key="" if look().narrow else "Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new"))
        return (find, new) if begins_anything(self.shell.desk) else (find,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.today(desk), self._show)

    def primary(self) -> None:
        """The step for a child who is missing; else starts what is due soonest."""
        if self._missing is not None and self._missing.first is not None:
            self._missing.first.click()
        elif self._rows:
            self._rows[self._first()].act.click()
        elif self._lead and self._lead.first:
            self._lead.first.click()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _first(self) -> int:
        """The row with the filled button: the first that can be started or gone on with."""
        ready = [number for number, row in enumerate(self._rows[:FEW]) if row.due.act in STARTED]
        return ready[0] if ready else 0

    def _show(self, found: flow.Today) -> None:
        self._today = found
        self._patience.done()
        with self._page.filled_anew():
            self._add_dangers(found)
            self._missing = self._missing_now(found)
            narrow = look().narrow
            holder = QWidget()
            line = column(holder, gap=16) if narrow else row(holder, gap=16)
            main = stacked(*self._main(found), gap=16)
            aside = stacked(*self._aside(found), gap=16)
            if not narrow:
                aside.setFixedWidth(look().px(ASIDE))
            line.addWidget(main, 1, Qt.AlignmentFlag.AlignTop) if not narrow else line.addWidget(main)
            line.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop) if not narrow else line.addWidget(aside)
            self._page.add(holder)
            self._page.box.addStretch(1)
        self.heading_changed.emit()
        self._focus_on_the_first()

    def _add_dangers(self, found: flow.Today) -> None:
        dangers = [partial(danger_banner, one, self._open_matter) for one in found.matters if one.kind == DANGER]
        if dangers:
            self._page.add(FewAtATime(dangers, first=FEW_ASIDE, name="today/danger/all", about="Children in danger"))

    def _focus_on_the_first(self) -> None:
        if self._missing is not None and self._missing.first is not None:
            self._missing.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._rows:
            self._rows[self._first()].act.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._lead and self._lead.first:
            self._lead.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _missing_now(self, found: flow.Today) -> MissingCard | None:
        """First on the page, for every role that holds episodes."""
        if found.missing is None:
            return None
        go = self.shell.go
        card = MissingCard(found.missing, self.shell.now(), self._open_matter, lambda child: go("child", child))
        self._page.add(card)
        return card

    def _main(self, found: flow.Today) -> Sequence[QWidget]:
        """The day itself first, what somebody has a time for; then what the officer's role is for."""
        self._rows, self._lead = [], None
        if found.is_empty and may_begin(self.shell):
            self._lead = BeginCard(self.shell)
            return (self._lead,)
        day, later = _by_day(found.visits, local(self.shell.now()).date())
        inbox = (*self._visits(day, "Today, in order of time", "today/visits/today"), *self._inbox(found))
        visits = self._visits(later, "Visits to come", "today/visits")
        if found.education is None:
            return (*inbox, *self._asked(found), self._due(found), *visits)
        self._lead = education = EducationDue(found.education, self._open_matter, self._letter)
        education.caseload_asked.connect(lambda: self.shell.go("caseload"))
        education.schools_asked.connect(lambda: self.shell.go("movement"))
        return (*inbox, *visits, education, *self._asked(found))

    def _inbox(self, found: flow.Today) -> Sequence[QWidget]:
        go = self.shell.go
        if not found.notices.count:
            return ()
        return (InboxCard(found.notices, self.shell.now(), lambda one: go("notice", one), lambda: go("notices")),)

    def _asked(self, found: flow.Today) -> Sequence[QWidget]:
        return (AskedCard(found.asked, self.shell.go),) if found.asked else ()

    def _due(self, found: flow.Today) -> QWidget:
        due = found.due
        aside = label(_due_aside(found), "caption", "muted", wrap=False, name="today/due/aside")
        card = Card("Return home interviews due", aside=aside)
        if not found.interviews_known:
            card.add(_quiet("Interviews are not kept on your laptop, so it cannot say which are due."))
            return card
        if not due:
            card.add(_quiet(_none_due(found)))
            return card
        if not look().narrow:
            card.add(column_heads(), line=False)
        taken = self._missing is not None and self._missing.first is not None
        ready = [number for number, one in enumerate(due[:FEW]) if one.act in STARTED]
        chosen = None if taken else due[ready[0] if ready else 0]
        makers = [partial(self._due_row, one, chosen=one is chosen) for one in due]
        card.add(FewAtATime(makers, first=FEW, name="today/due/all", about="Return home interviews due"))
        return card

    def _due_row(self, due: Due, *, chosen: bool) -> QWidget:
        line = DueRow(due, self.shell.now())
        line.choose(chosen=chosen)
        line.act.clicked.connect(lambda: self._act(due))
        self._rows.append(line)
        return line

    def _act(self, due: Due) -> None:
        """Opens the interview, beginning it if nobody has; a missing time is added on the episode."""
        desk = self.shell.desk
        if due.told_at is not None or due.act == "Add the time":
            self.shell.go("form", due.episode_id)
        elif due.record_id:
            self.shell.go("form", due.record_id)
        else:
            self.shell.once(self, lambda: start_interview(desk, due.episode_id), self._started)

    def _started(self, record_id: str, *, part: str = "") -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id, part)

    def _letter(self, matter: Matter) -> Callable[[], None] | None:
        """The way to the letter that settles it, where this officer sends one."""
        letter = next_letter(self.shell.desk, matter.kind)
        return partial(self.shell.go, "letter", matter.record_id, letter.id) if letter else None

    def _open_matter(self, matter: Matter) -> None:
        desk = self.shell.desk
        if matter.kind == DOUBLE:  # the two stand beside each other on the child's page
            self.shell.go("child", matter.child.child_id)
            return
        self.shell.once(self, lambda: open_matter(desk, matter), partial(self._started, part=matter.part))

    def _visits(self, visits: Sequence[flow.Visit], title: str, name: str) -> list[QWidget]:
        """With time, place, and the way to what is to be known before."""
        if not visits:
            return []
        card = Card(title, icon="calendar-clock", aside=label(str(len(visits)), "caption", "muted", wrap=False))
        makers = [partial(self._visit, visit) for visit in visits]
        card.add(FewAtATime(makers, first=FEW, name=f"{name}/all", about=title))
        return [card]

    def _visit(self, visit: flow.Visit) -> QWidget:
        holder = QWidget()
        side = look().room(16)
        line = row(holder, gap=16, margins=(side, look().room(8), side, look().room(8)))
        on, today = local(visit.at).date(), local(self.shell.now()).date()
        when_words = f"{'Today' if on == today else near_day(on, today)}\n{clock_time(visit.at)}"
        moment = label(when_words, "strong")
        moment.setFixedWidth(look().px(122))
        line.addWidget(moment)
        line.addWidget(stacked(label(visit.what), label(visit.where, "caption", "muted"), gap=0), 1)
        before = Button("Before you go", name=f"today/before/{visit.record_id}", small=True)
        before.setAccessibleDescription(visit.what)
        before.clicked.connect(lambda: self.shell.go("before", visit.record_id))
        line.addWidget(before)
        if visit.about_id:
            open_it = Button("Open", name=f"today/visit/{visit.record_id}", small=True)
            open_it.clicked.connect(lambda: self.shell.go("form", visit.about_id))
            line.addWidget(open_it)
        return holder

    def _aside(self, found: flow.Today) -> list[QWidget]:
        to_decide = [matter for matter in found.matters if matter.decides and matter.kind != DANGER]
        days = [matter for matter in found.matters if not matter.decides]
        cards: list[QWidget] = []
        number = len(found.decisions) + len(found.returned) + found.to_review + len(to_decide)
        if number:
            card = Card("Decisions needed", icon="split", aside=count_tag("decide", number))
            makers = [partial(self._pending, one, "Compare and decide", "resolve") for one in found.decisions]
            if makers:
                card.add(FewAtATime(makers, first=FEW_ASIDE, name="today/decisions/all", about="Decisions needed"))
            for pending in found.returned:
                card.add(self._pending(pending, "Read and act", "returned"))
            if found.to_review:
                card.add(self._to_review(found.to_review))
            add_matters(card, to_decide, self._open_matter, name="today/matters")
            cards.append(card)
        late, coming = [m for m in days if m.age > 0], [m for m in days if m.age <= 0]
        if late:
            cards.append(overdue(late, self._open_matter))
        if coming:
            cards.append(coming_up(coming, self._open_matter))
        drafts = Card("Drafts", icon="square-pen", aside=label("On this laptop", "caption", "muted", wrap=False))
        for pending in found.drafts:
            drafts.add(self._pending(pending, "Go on writing", "form"))
        if not found.drafts:
            drafts.add(_quiet("No drafts."))
        owed = education_asides(found.education, self._open_matter, self._letter) if found.education else ()
        waiting = self._waiting(found.sending) if self.shell.desk.has_joined else not_joined_card(self.shell)
        return [*owed, *cards, drafts, waiting, *self._destroyed(found.destroyed)]

    def _destroyed(self, lines: Sequence[str]) -> Iterator[QWidget]:
        if lines:
            card = Card("Destroyed by the council", icon="trash-2")
            link = Link("Read more", name="today/destroyed", size="caption")
            link.clicked.connect(lambda: self.shell.go("sending"))
            card.add(item(*(label(line, "caption") for line in lines[:FEW_ASIDE]), link))
            yield card

    def _pending(self, pending: flow.Pending, words: str, place: str) -> QWidget:
        name = f"today/{NAMES[place]}/{pending.record_id}"
        link = Link(words, name=name, size="caption")
        link.setAccessibleDescription(f"{pending.title}, {pending.line}")
        link.clicked.connect(lambda: self.shell.go(place, pending.record_id))
        said = Lines(LineOfWords(pending.title, "strong"), LineOfWords(pending.line, "caption", "muted"), gap=2)
        return item(said, link)

    def _to_review(self, count: int) -> QWidget:
        title = f"{counted(count, 'item')} not taken in"
        link = Link("Read and decide", name="today/review", size="caption")
        link.setAccessibleDescription(title)
        link.clicked.connect(lambda: self.shell.go("review"))
        return item(label(title, "strong"), label("Colleagues’ words that wait for you", "caption", "muted"), link)

    def _waiting(self, sending: Sending) -> QWidget:
        card = Card("Waiting to send", icon="send", aside=count_tag("waiting", sending.count))
        for held in sending.waiting[:4]:
            line = f"{held.child_name}. {held.problem or 'Goes when connected'}"
            card.add(item(label(held.title, "strong"), label(line, "caption", "muted")))
        if not sending.waiting:
            card.add(_quiet("Nothing waiting to send."))
        heard = when(sending.last_heard, self.shell.now()) if sending.last_heard else "not yet"
        card.add(item(label(f"Council last heard from: {heard}", "caption", "muted")))
        return card


def _by_day(visits: Sequence[flow.Visit], today: date) -> tuple[Sequence[flow.Visit], Sequence[flow.Visit]]:
    """Those of today, and those to come."""
    own = [visit for visit in visits if local(visit.at).date() == today]
    return own, [visit for visit in visits if visit not in own]


def _due_aside(found: flow.Today) -> str:
    """How many, and since when it is known, where the council tells it."""
    count = f"{len(found.due)}, soonest first" if found.due else ""
    return ". ".join(part for part in (count, found.told_line) if part)


def _none_due(found: flow.Today) -> str:
    """What the council told is of a moment: a return since then is not in it, and nothing is concluded of that one."""
    if found.told_line:
        return "The council told of none that is still to be had. A return since then is not in this."
    more = " Add a child or a record with New record." if found.missing is not None else ""
    return f"Nothing due.{more}"


def _quiet(words: str) -> QWidget:
    return item(label(words, "body", "muted"))
