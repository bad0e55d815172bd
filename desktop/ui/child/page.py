"""One child: what is known, and every record, latest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.children import ChildPage, Entry, born_line
from desktop.flows.wording import day, local
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.layout import column, empty, row
from desktop.ui.kit.line_button import LineButton
from desktop.ui.kit.panels import Card, Scroller
from desktop.ui.kit.words import Tag, label
from desktop.ui.theme import look

ABOUT = 360
KEY = 120
STATES = {"draft": "Draft", "signed": "Signed", "decide": "Decide"}


class ChildScreen(Screen):
    """Facts on the left, records on the right."""

    place = "children"

    def __init__(self, shell: Shell, child_id: str) -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._found: ChildPage | None = None
        self._page = Scroller(gap=16, name="child")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return self._found.child.name if self._found else ""

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        child = self._found.child
        age = f"{child.age}, b" if child.age is not None else "B"
        return f"{age}{born_line(child)[1:]}" if child.born else born_line(child)

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children", Where("children")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        new = Button("New record", name="child/new", kind="primary", icon="plus", key="Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new", self.child_id))
        return (new,)

    def start(self) -> None:
        desk, child_id = self.shell.desk, self.child_id
        self.shell.run(self, lambda: flow.child_page(desk, child_id), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: ChildPage) -> None:
        self._found = found
        empty(self._page.box)
        holder = QWidget()
        line = column(holder, gap=16) if look().narrow else row(holder, gap=16)
        about, records = self._about(found), self._records(found.entries)
        if look().narrow:
            line.addWidget(about)
            line.addWidget(records)
        else:
            about.setFixedWidth(look().px(ABOUT))
            line.addWidget(about, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(records, 1, Qt.AlignmentFlag.AlignTop)
        self._page.add(holder)
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _about(self, found: ChildPage) -> Card:
        change = Link("All facts", name="child/facts", size="caption")
        change.clicked.connect(lambda: self.shell.go("form", self.child_id))
        card = Card(f"About {found.child.first_name}", aside=change)
        for name, value in found.lines:
            card.add(_fact(name, value))
        return card

    def _records(self, entries: Sequence[Entry]) -> Card:
        entries = [entry for entry in entries if entry.form_id != "child"]
        card = Card("Records", aside=label(f"{len(entries)}", "caption", "muted", wrap=False))
        for entry in entries:
            card.add(self._entry(entry))
        if not entries:
            card.add(_fact("", "No episodes recorded."))
        return card

    def _entry(self, entry: Entry) -> LineButton:
        kind = entry.state if entry.state in STATES else "draft"
        received = ", received" if entry.received else ""
        line = LineButton(
            entry.title,
            f"{day(local(entry.when).date())}{received}",
            name=f"child/record/{entry.record_id}",
            tag=Tag(kind, STATES[kind]),
        )
        line.clicked.connect(lambda: self.shell.go("form", entry.record_id))
        return line


def _fact(name: str, value: str) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    margins = (side, look().room(7), side, look().room(7))
    line = column(holder, gap=1, margins=margins) if look().narrow else row(holder, gap=12, margins=margins)
    if name:
        key = label(name, "caption", "muted")
        if not look().narrow:
            key.setFixedWidth(look().px(KEY))
        line.addWidget(key)
    line.addWidget(label(value), 1)
    return holder
