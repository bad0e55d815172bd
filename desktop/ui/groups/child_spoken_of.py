"""One child at a meeting: why, what has changed, the plan, what was decided, and the actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day, near_day
from casework.forms import Definition
from desktop.flows.groups.group_actions import GroupAction
from desktop.flows.groups.meeting_list import MeetingItem
from desktop.ui.groups.suggested_names import suggest
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import beside, column, row, spacer, stacked
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.kit.fields.dates import DateEditor
from desktop.ui.kit.fields.editor import NarrativeEditor
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

ON = 136


class ChildSpokenOf(QWidget):
    """`given` when an action is to be added; `edited` when a word of the decision was."""

    edited = Signal()
    given = Signal()
    opened = Signal(str)
    read = Signal(str)

    def __init__(
        self,
        item: MeetingItem,
        actions: Sequence[GroupAction],
        today: date,
        item_form: Definition,
        action_form: Definition,
        *,
        since: date | None,
        may_write: bool,
        colleagues: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.item, self._may_write = item, may_write
        self.decided = NarrativeEditor(item_form.question("decided"), "meeting/decided", "What was decided")
        self.decided.put(item.decided)
        self.decided.edited.connect(self.edited)
        self.decided.setEnabled(may_write)
        self.what = line_box("meeting/action/what", "What is to be done")
        self.who = line_box("meeting/action/who", "Who does it")
        suggest(self.who, colleagues)
        self.by = DateEditor(action_form.question("by_when"), "meeting/action/by", "By when")
        page = column(self, gap=look().room(16))
        page.addWidget(self._head())
        pair = column(gap=look().room(16)) if look().narrow else row(gap=look().room(16))
        pair.addWidget(self._changed(since), 3)
        pair.addWidget(self._plan(), 2)
        page.addLayout(pair)
        page.addWidget(self._decision())
        page.addWidget(self._actions(actions, today))

    def _head(self) -> QWidget:
        child = self.item.child
        worker = str(child.facts.get("allocated_worker") or "")
        opens = Link("Open the child", name="meeting/child")
        opens.clicked.connect(partial(self._opened, child.child_id))
        line = beside(label(child.name_and_age, "page"), opens, gap=12, stretch=0)
        why = [label(words, "body") for words in self.item.why]
        who = [label(f"Worker {worker}", "caption", "muted")] if worker else []
        return stacked(line, *who, *why, gap=4)

    def _changed(self, since: date | None) -> Card:
        card = Card(f"Changed since {day(since)}" if since else "Changed")
        for on, words in self.item.changed:
            when = label(on, "body", "muted")
            when.setFixedWidth(look().px(ON))
            card.add(_padded(beside(when, label(words), gap=12, stretch=1)))
        if not self.item.changed:
            card.add(_padded(label("Nothing that is recorded on this laptop.", "body", "muted")))
        return card

    def _plan(self) -> Card:
        card = Card(self.item.stands or "Find Me Plan", icon="contact")
        card.add(_padded(label(self.item.plan or "Nothing is known of it.")))
        return card

    def _decision(self) -> Card:
        card = Card("Decided", aside=label("In the minutes", "caption", "muted", wrap=False))
        card.add(_padded(self.decided))
        return card

    def _actions(self, actions: Sequence[GroupAction], today: date) -> Card:
        carried = sum(one.carried > 0 and one.is_open for one in actions)
        card = Card("Actions", icon="list-checks", aside=label(f"{carried} carried over" if carried else "", "caption"))
        for one in actions:
            card.add(_padded(self._action(one, today)))
        if not actions:
            card.add(_padded(label("No action yet.", "body", "muted")))
        if self._may_write:
            card.add(_padded(self._add_one()))
        return card

    def _action(self, one: GroupAction, today: date) -> QWidget:
        opens = Link(one.what, name=f"meeting/action/{one.record_id}")
        opens.clicked.connect(partial(self._read, one.record_id))
        by = near_day(one.by, today) if one.by else "No day"
        tag = Tag("over" if one.days_over else "waiting" if one.carried else "ready", one.state_line)
        return beside(
            stacked(opens, label(f"{one.who or 'Nobody'}, by {by}", "caption", "muted"), gap=2), tag, stretch=0
        )

    def _add_one(self) -> QWidget:
        add = Button("Add action", name="meeting/action/add", icon="plus")
        add.clicked.connect(self.given)
        boxes = (
            titled("What is to be done", "", self.what),
            titled(
                "Who does it",
                "One person. A colleague who may see the child gets a notice, and so does the child’s worker.",
                self.who,
            ),
            titled("By when", "", self.by, buddy=self.by.target()),
        )
        return stacked(*boxes, beside(add, spacer(), gap=0), gap=look().room(10))

    def _opened(self, child_id: str, _on: bool = False) -> None:
        self.opened.emit(child_id)

    def _read(self, record_id: str, _on: bool = False) -> None:
        self.read.emit(record_id)


def _padded(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(8), side, look().room(10)))
