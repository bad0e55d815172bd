"""The children whose records are on this laptop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.children import Child, born_line
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.layout import column, empty
from desktop.ui.kit.line_button import LineButton
from desktop.ui.kit.panels import Card, Scroller
from desktop.ui.kit.words import label


class ChildrenScreen(Screen):
    """By name; a person finds one faster with Find."""

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
        return (new,)

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.children(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: tuple[Child, ...]) -> None:
        empty(self._page.box)
        if not found:
            self._page.add(
                label("No children on this laptop yet. Add one with New record, or send and receive.", "body")
            )
        else:
            card = Card()
            for number, child in enumerate(found):
                line = LineButton(child.name_and_age, born_line(child), name=f"children/{child.child_id}")
                line.clicked.connect(lambda _on=False, child=child: self.shell.go("child", child.child_id))
                card.add(line, line=number > 0)
            self._page.add(card)
        self._page.box.addStretch(1)
