"""The children whose records are on this laptop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.caseload.cross_list import may_cross
from desktop.flows.children import Child, born_line
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import MissingNow, missing_now
from desktop.flows.due.new_record import begins_anything
from desktop.flows.harbouring.harbouring_notices import holds_harbouring
from desktop.flows.placements.placement_history import placed_elsewhere
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.theme import look

FEW = 30


@dataclass(frozen=True, slots=True)
class _Read:
    """`placed`: by child, whose the child is or where, unless ours and in our area."""

    missing: tuple[MissingNow, ...]
    children: tuple[Child, ...]
    placed: Mapping[str, str]


def _read(desk: Desk) -> _Read:
    found = flow.children(desk)
    return _Read(missing_now(desk), found, placed_elsewhere(desk, found))


class ChildrenScreen(Screen):
    """Those who are missing first, then by name; a person finds one faster with Find."""

    place = "children"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._page = Scroller(gap=16, name="children")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return "Children"

    def subtitle(self) -> str:
        return "Those whose records are on this laptop."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children"))

    def acts(self) -> Sequence[QWidget]:
        new = Button("New record", name="children/new", icon="plus", key="Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new"))
        cross = Button("Cross-list", name="children/cross")
        cross.clicked.connect(lambda: self.shell.go("cross_list"))
        harbouring = Button("Harbouring notices", name="children/harbouring")
        harbouring.clicked.connect(lambda: self.shell.go("harbouring"))
        notices = (harbouring,) if holds_harbouring(self.shell.desk) else ()
        crosses = (cross,) if may_cross(self.shell.desk.officer.role) else ()
        return (*notices, *crosses, new) if begins_anything(self.shell.desk) else (*notices, *crosses)

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: _read(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, read: _Read) -> None:
        missing = {one.child.child_id: one for one in read.missing}
        found = [*(one.child for one in read.missing), *(one for one in read.children if one.child_id not in missing)]
        empty(self._page.box)
        if not found:
            self._page.add(
                label("No children on this laptop yet. Add one with New record, or send and receive.", "body")
            )
        else:
            card = Card()
            placed = read.placed
            makers = [partial(self._line, c, missing.get(c.child_id), placed.get(c.child_id, "")) for c in found]
            card.add(FewAtATime(makers, first=FEW, name="children/more", about="Children"))
            self._page.add(card)
        self._page.box.addStretch(1)

    def _line(self, child: Child, away: MissingNow | None, placed: str) -> QWidget:
        about = ". ".join(part for part in (born_line(child), placed, away.headline if away else "") if part)
        tag = Tag("over", away.headline) if away and not look().narrow else None
        line = LineButton(child.name_and_age, about, name=f"children/{child.child_id}", tag=tag)
        line.clicked.connect(lambda: self.shell.go("child", child.child_id))
        return line
