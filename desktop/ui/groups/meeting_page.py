"""A meeting: the agenda at the left, one child or who is there at the right. What is typed is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.canonical import JSON
from casework.dates_in_words import day, day_and_time, local
from casework.practice.groups.group_table import ITEM, MEETING
from casework.typed_words import Half
from desktop.flows.children import Child, children
from desktop.flows.collated.themes import may_see_themes
from desktop.flows.collated.themes_periods import OF_GROUP
from desktop.flows.desk import Desk
from desktop.flows.groups import minutes as flow
from desktop.flows.groups.group_actions import ACTION, give_action
from desktop.flows.groups.minutes import Minutes
from desktop.flows.groups.minutes_paper import TITLES, MinutesCopy, print_minutes, suggested_name
from desktop.flows.record import editing
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.groups.agenda_list import HERE, AgendaList, told_id
from desktop.ui.groups.child_spoken_of import ChildSpokenOf
from desktop.ui.groups.child_told_of import ChildToldOf
from desktop.ui.groups.who_is_here import WhoIsHere
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.layout import column, empty, row, spacer
from desktop.ui.kit.basics.panels import Scroller
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.theme import look

DECIDED = "f/decided"


@dataclass(frozen=True, slots=True)
class _AtHand:
    minutes: Minutes
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class _Speaking:
    """The child who is spoken of, and what keeps the words that are typed."""

    spoken: ChildSpokenOf
    kept: Autosave


class MeetingScreen(Screen):
    """Its one filled button says that the child was spoken of, and goes to the next."""

    place = "groups"

    def __init__(self, shell: Shell, meeting_id: str, item_id: str = "") -> None:
        super().__init__(shell)
        self._meeting_id, self._chosen = meeting_id, item_id
        self._found: Minutes | None = None
        self._speaking: _Speaking | None = None
        self._here: WhoIsHere | None = None
        self._begun = bool(item_id)
        self._boxes: dict[str, KeptBox] = {}
        whole = column(self, gap=0) if look().narrow else row(self, gap=0)
        self._agenda = AgendaList(self._choose)
        whole.addWidget(self._agenda)
        right = column(gap=0)
        whole.addLayout(right, 1)
        self._page = Scroller(gap=16, name="meeting")
        right.addWidget(self._page, 1)
        self._foot = QWidget()
        self._foot_box = row(self._foot, gap=12, margins=(24, 12, 24, 12))
        right.addWidget(self._foot)

    def title(self) -> str:
        return self._found.meeting.title if self._found else ""

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        meeting = self._found.meeting
        since = f" Since {day(meeting.since)}." if meeting.since else ""
        papers = f" Papers: {'; '.join(meeting.papers)}." if meeting.papers else ""
        return f"{day_and_time(meeting.held_at)}.{since} Chair: {meeting.chair}.{papers}"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Groups", Where("groups")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        if self._found is None:
            return ()
        which = DropDown([(str(copy), TITLES[copy]) for copy in MinutesCopy], name="meeting/copy", label="For whom")
        which.put(str(MinutesCopy.GROUP))
        paper = Button("Agenda and minutes", name="meeting/pdf", icon="file-down", key="Ctrl+P")
        paper.clicked.connect(partial(self._export, which))
        return (*self._themes(), which, paper)

    def _themes(self) -> Sequence[QWidget]:
        """For the Strategic group, with its own period (S0)."""
        found = self._found
        if found is None or found.meeting.kind is not OF_GROUP or not may_see_themes(self.shell.desk.officer.role):
            return ()
        act = Button("Themes for this meeting", name="meeting/themes", icon="chart-column")
        act.clicked.connect(lambda: self.shell.go("themes", self._meeting_id))
        return (act,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, meeting_id = self.shell.desk, self._meeting_id

        def fetch() -> _AtHand:
            return _AtHand(flow.minutes(desk, meeting_id), children(desk))

        self.shell.run(self, fetch, self._show)

    def leave(self) -> None:
        self.save_now()

    def save_now(self) -> None:
        if self._speaking is not None:
            self._speaking.kept.save_now()
        for kept in self._boxes.values():
            kept.save_now()

    @property
    def _spoken(self) -> ChildSpokenOf | None:
        return self._speaking.spoken if self._speaking else None

    def bookmark(self) -> Where | None:
        return Where("meeting", self._meeting_id, self._chosen)

    def panes(self) -> Sequence[QWidget]:
        return (self._agenda, self._page, self._foot)

    def first_focus(self) -> QWidget | None:
        spoken = self._spoken
        return spoken.decided.target() if spoken and self._found and self._found.may_write else None

    def export(self) -> None:
        self._export(None)

    def primary(self) -> None:
        spoken = self._spoken
        if spoken is None or self._found is None or not self._found.may_write:
            return
        item_id, after = spoken.item.record_id, self._next()
        self.save_now()
        self._do(partial(flow.settle, self.shell.desk, item_id), after)

    def _show(self, found: _AtHand) -> None:
        self._found = found.minutes
        if not self._begun:
            self._begun, self._chosen = True, self._next() or HERE
        self._agenda.show_agenda(found.minutes, self._chosen)
        self._fill(found)
        self.heading_changed.emit()

    def _fill(self, found: _AtHand) -> None:
        empty(self._page.box)
        empty(self._foot_box)
        self._speaking, self._here = None, None
        item = next((one for one in found.minutes.items if one.record_id == self._chosen), None)
        other = next((one for one in found.minutes.told if told_id(one.child.child_id) == self._chosen), None)
        if other is not None:
            self._boxes = {}  # nothing is typed of a child whose record is elsewhere
            meeting = found.minutes.meeting
            self._page.add(ChildToldOf(other, meeting.kind, meeting.since, found.minutes.told_at))
        elif item is None:
            self._fill_here(found)
        else:
            desk = self.shell.desk
            today = local(self.shell.now()).date()
            actions = found.minutes.actions.get(item.child.child_id, ())
            form, action = desk.catalogue.form(ITEM), desk.catalogue.form(ACTION)
            spoken = ChildSpokenOf(
                item, actions, today, form, action,
                since=found.minutes.meeting.since, may_write=found.minutes.may_write, colleagues=desk.serving(),
            )  # fmt: skip
            kept = Autosave(self.shell, item.record_id, partial(_keep, desk, item.record_id), self)
            self._speaking = _Speaking(spoken, kept)
            for unsaved in kept.left_unsaved().values():
                if isinstance(unsaved, str):
                    spoken.decided.put(unsaved)
            self._keep_boxes(item.record_id, {"what": spoken.what, "who": spoken.who})
            spoken.edited.connect(self._edited)
            spoken.given.connect(self._give)
            spoken.opened.connect(partial(self.shell.go, "child"))
            spoken.read.connect(partial(self.shell.go, "form"))
            self._page.add(spoken)
        self._page.box.addStretch(1)
        self._fill_foot(found.minutes)

    def _fill_here(self, found: _AtHand) -> None:
        self._here = WhoIsHere(found.minutes, self.shell.desk.catalogue.form(MEETING), found.children)
        self._keep_boxes(self._meeting_id, {"name": self._here.name, "why": self._here.why})
        self._here.came.connect(self._note_member)
        self._here.put_on.connect(self._put_on)
        self._page.add(self._here)

    def _keep_boxes(self, about: str, boxes: Mapping[str, LineBox]) -> None:
        """What is half written for an action, a name or a reason is there again until the deed is done."""
        self._boxes = {name: KeptBox(self.shell, f"meeting/{about}", name, box) for name, box in boxes.items()}

    def _fill_foot(self, found: Minutes) -> None:
        self._foot.setVisible(found.may_write)
        if self._spoken is not None:
            after = next((one for one in found.items if one.record_id == self._next()), None)
            done = f"Done, next: {after.child.name}" if after else "Done"
            act = Button(done, name="meeting/done", kind="primary", icon="check", key="Ctrl+Enter")
            act.clicked.connect(self.primary)
            carry = Button("Carry over", name="meeting/carry")
            carry.clicked.connect(self._carry)
            self._foot_box.addWidget(act)
            self._foot_box.addWidget(carry)
        elif self._here is not None and not found.meeting.ended:
            ends = Button("The meeting has ended", name="meeting/end", kind="primary")
            ends.clicked.connect(self._end)
            self._foot_box.addWidget(ends)
        self._foot_box.addWidget(spacer())

    def _next(self) -> str:
        """The next child who was not spoken of; from the top again after the last."""
        items = self._found.items if self._found else ()
        here = next((place for place, one in enumerate(items) if one.record_id == self._chosen), -1)
        waiting = [one for one in (*items[here + 1 :], *items[: max(here, 0)]) if not (one.is_done or one.is_carried)]
        return waiting[0].record_id if waiting else HERE

    def _choose(self, item_id: str) -> None:
        self.save_now()
        self._chosen = item_id
        self.refresh()

    def _edited(self) -> None:
        if self._speaking is not None:
            read = self._speaking.spoken.decided.read()
            self._speaking.spoken.decided.mark(read.problem)
            if not read.problem:
                self._speaking.kept.later(DECIDED, read.value)

    def _give(self) -> None:
        spoken = self._spoken
        if spoken is None:
            return
        by = spoken.by.read().value
        on = date.fromisoformat(by) if isinstance(by, str) and len(by) == 10 else None
        what, who = spoken.what.words(), spoken.who.words()
        self.save_now()
        item_id = spoken.item.record_id
        self._do(
            partial(give_action, self.shell.desk, item_id, what=what, who=who, by=on), self._chosen, ("what", "who")
        )

    def _carry(self) -> None:
        spoken = self._spoken
        if spoken is not None:
            self.save_now()
            self._do(partial(flow.carry_over, self.shell.desk, spoken.item.record_id), self._next())

    def _note_member(self, came: bool) -> None:
        if self._here is not None:
            name, agency = self._here.name.words(), self._here.agency.code() or ""
            self._do(
                partial(flow.note_member, self.shell.desk, self._meeting_id, name, agency, came=came), HERE, ("name",)
            )

    def _put_on(self) -> None:
        if self._here is not None:
            child, why = self._here.child.code() or "", self._here.why.words()
            self._do(partial(flow.put_on, self.shell.desk, self._meeting_id, child, why), HERE, ("why",))

    def _end(self) -> None:
        self._do(partial(flow.end_meeting, self.shell.desk, self._meeting_id), HERE)

    def _do(self, deed: Callable[[], object], then: str, spent: tuple[str, ...] = ()) -> None:
        """`spent`: the boxes whose words are in a record now."""
        self.shell.once(self, deed, partial(self._did, then, spent))

    def _did(self, then: str, spent: tuple[str, ...], _done: object) -> None:
        for name in spent:
            self._boxes[name].forget()
        self._chosen = then
        self.shell.outbox_changed.emit()
        self.refresh()

    def _export(self, which: DropDown | None, _on: bool = False) -> None:
        if self._found is None:
            return
        copy = MinutesCopy(which.code() or MinutesCopy.GROUP) if which else MinutesCopy.GROUP
        child = self._spoken.item.child.child_id if self._spoken else ""
        usual = suggested_name(self._found, copy)
        name, _kind = QFileDialog.getSaveFileName(self, "Save the minutes", usual, "PDF (*.pdf)")
        if name:
            self.save_now()
            deed = partial(print_minutes, self.shell.desk, self._meeting_id, Path(name), copy, child)
            self.shell.run(self, lambda: deed, self._print)  # after what was typed just now is kept

    def _print(self, deed: Callable[[], str]) -> None:
        self.shell.fetch(self, deed, self.shell.messages.news)


def _keep(desk: Desk, item_id: str, path: str, value: JSON | Half) -> editing.Saved:
    return editing.save(desk, item_id, path, value)
