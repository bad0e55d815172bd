"""Beside a signed interview or plan: where the Find Me Plan stands, and the one act that takes it further."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.flows.due import find_me_plans
from desktop.flows.due.find_me_plans import PlanCard
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, TagKind, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

LEADS_ON = ("return_home_interview", find_me_plans.PLAN)
_TAGS: Mapping[str, tuple[TagKind, str]] = {
    "review_due": ("soon", "Due for review"),
    "draft": ("draft", "Draft"),
    "agreed": ("signed", "Agreed"),
}


class NextPlan(Card):
    """The agreed version is never changed by this: what it opens is the next one."""

    def __init__(self, shell: Shell, child_id: str, plan: PlanCard) -> None:
        tag = Tag(*_TAGS[plan.state]) if plan.state in _TAGS else None
        super().__init__("Find Me Plan", aside=tag)
        self._shell, self._child_id = shell, child_id
        side = look().room(16)
        holder = QWidget()
        box = column(holder, gap=look().room(10), margins=(side, look().room(10), side, look().room(12)))
        box.addWidget(label(plan.line, name="plan/line"))
        go = Button(plan.act, name="plan/open", icon="square-pen")
        go.clicked.connect(self._open)
        line = row(gap=8)
        line.addWidget(go)
        line.addStretch(1)
        box.addLayout(line)
        self.add(holder)

    def _open(self) -> None:
        desk, child_id = self._shell.desk, self._child_id
        self._shell.once(self, lambda: find_me_plans.open_plan(desk, child_id), self._opened)

    def _opened(self, record_id: str) -> None:
        self._shell.outbox_changed.emit()
        self._shell.go("form", record_id)
