"""Groups: each group that is this officer's, its meetings, and making the next agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted, day, local
from casework.practice.groups.group_table import GROUPS, GroupKind, groups_of
from desktop.flows.groups import meeting_list as flow
from desktop.flows.groups.group_chairs import kinds_chaired
from desktop.flows.groups.meeting_list import Meeting
from desktop.flows.groups.minutes import keep_agenda
from desktop.flows.groups.told_agenda import ask_service, is_asked, lines_told
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty, spacer
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.theme import look

MOST = 12  # meetings of a group that are listed


@dataclass(frozen=True, slots=True)
class _GroupsHere:
    """`lines`: how whole an agenda would be, by group."""

    meetings: Sequence[Meeting]
    lines: Mapping[GroupKind, str]


class GroupsScreen(Screen):
    """The filled button makes the agenda of the first group whose minutes this officer keeps."""

    place = "groups"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._lines: Mapping[GroupKind, str] = {}
        self._kept = flow.kinds_kept(shell.desk.officer.role)
        self._page = Scroller(gap=16, name="groups")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the meetings…", self._page)

    def title(self) -> str:
        return "Groups"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Groups"))

    def start(self) -> None:
        self.refresh()
        desk = self.shell.desk
        if is_asked(desk):  # the agenda is made without an answer too, and says that there was none
            self.shell.fetch(self, lambda: ask_service(desk), lambda _why: self.refresh())

    def refresh(self) -> None:
        desk, kept = self.shell.desk, self._kept

        def fetch() -> _GroupsHere:
            return _GroupsHere(flow.meetings(desk), lines_told(desk, kept))

        self.shell.run(self, fetch, self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        if self._kept:
            self._make(self._kept[0])

    def _show(self, here: _GroupsHere) -> None:
        found, self._lines = here.meetings, here.lines
        self._waiting.done()
        empty(self._page.box)
        for kind in groups_of(self.shell.desk.officer.role):
            self._page.add(self._card(kind, [one for one in found if one.kind is kind]))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _card(self, kind: GroupKind, found: Sequence[Meeting]) -> Card:
        often = f"Every {counted(GROUPS[kind].days // 7, 'week')}" if GROUPS[kind].days > 7 else "Every week"
        card = Card(GROUPS[kind].title, icon="messages-square", aside=label(often, "caption", "muted", wrap=False))
        for one in found[:MOST]:
            card.add(self._line(one))
        if not found:
            card.add(self._padded(label("No meeting of this group is on this laptop yet.", "body", "muted")))
        if kind in self._kept:
            self._whole(card, kind)
            card.add(self._padded(beside(self._act(kind, found), *self._chair(kind), spacer(), gap=8)))
        return card

    def _whole(self, card: Card, kind: GroupKind) -> None:
        """How whole an agenda would be that is made now; nothing where this laptop holds every child."""
        if line := self._lines.get(kind):
            card.add(self._padded(label(line, "caption", "muted", name=f"groups/told/{kind}")))

    def _chair(self, kind: GroupKind) -> Sequence[Button]:
        if kind not in kinds_chaired(self.shell.desk.officer.role):
            return ()
        names = Button("Who chairs", name=f"groups/chair/{kind}", icon="users")
        names.clicked.connect(lambda: self.shell.go("chair", kind))
        return (names,)

    def _line(self, one: Meeting) -> LineButton:
        state = "ended" if one.ended else "not ended"
        words = f"{counted(one.children, 'child', 'children')} on the agenda, {state}"
        line = LineButton(day(one.on), words, name=f"groups/meeting/{one.record_id}")
        line.clicked.connect(partial(self._open, one.record_id))
        return line

    def _act(self, kind: GroupKind, found: Sequence[Meeting]) -> Button:
        today = local(self.shell.now()).date()
        goes_on = any(one.on == today and not one.ended for one in found)
        words = "Bring today’s agenda up to date" if goes_on else "Make today’s agenda"
        is_first = bool(self._kept) and kind is self._kept[0]
        act = Button(words, name=f"groups/agenda/{kind}", kind="primary" if is_first else "plain")
        act.clicked.connect(partial(self._make, kind))
        return act

    def _padded(self, widget: QWidget) -> QWidget:
        side = look().room(16)
        return padded(widget, (side, look().room(10), side, look().room(12)))

    def _make(self, kind: GroupKind, _on: bool = False) -> None:
        self.shell.once(self, partial(keep_agenda, self.shell.desk, kind), self._open)

    def _open(self, meeting_id: str, _on: bool = False) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("meeting", meeting_id)
