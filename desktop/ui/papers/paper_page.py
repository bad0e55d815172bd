"""The pages that were scanned for a record, one under another: to read while their words are typed in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from casework.dates_in_words import counted
from desktop.flows.papers.kept_paper import KeptPages, pages_kept, take_out
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Scroller
from desktop.ui.theme import look

_WIDE = 820


class PageShown(Protocol):
    """One page; no picture where this laptop does not have it yet."""

    @property
    def row_id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def picture(self) -> bytes | None: ...


class PaperScreen(Screen):
    """A page that stands beside the wrong record is taken out; its history keeps that it was there."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._whose, self._child = "", ""
        self._page = Scroller(gap=16, name="paper")
        column(self).addWidget(self._page)
        self._back = Button("Open the record", name="paper/record", icon="square-pen")
        self._back.clicked.connect(lambda: self.shell.go("form", record_id))

    def title(self) -> str:
        return "The paper"

    def subtitle(self) -> str:
        return self._whose

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("The paper"))

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: pages_kept(desk, self.record_id), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._back

    def bookmark(self) -> Where | None:
        return Where("paper", self.record_id)

    def _show(self, found: KeptPages) -> None:
        self._whose = f"{found.title}. {counted(len(found.pages), 'page')}, in nobody’s copy"
        self.heading_changed.emit()
        empty(self._page.box)
        self._page.box.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        for page in found.pages:
            self._page.add(self._one(page))
        if not found.pages:
            self._page.add(label("No page of paper is kept beside this record.", "body", "muted"))
        self._page.box.addStretch(1)
        self._back.setFocus()

    def _one(self, page: PageShown) -> QWidget:
        holder = QWidget()
        box = column(holder, gap=6)
        line = row(gap=12)
        line.addWidget(label(page.name, "strong"))
        out = Link("Take it out", name=f"paper/{page.row_id}/out", size="caption")
        out.setAccessibleDescription(page.name)
        out.clicked.connect(partial(self._take_out, page.row_id))
        line.addWidget(out)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(_pictured(page))
        return holder

    def _take_out(self, row_id: str, _on: bool = False) -> None:
        desk = self.shell.desk

        def deed() -> KeptPages:
            take_out(desk, self.record_id, row_id)
            return pages_kept(desk, self.record_id)

        self.shell.run(self, deed, self._show)


def _pictured(page: PageShown) -> QLabel:
    if page.picture is None:
        return label("This page is not on this laptop yet. It comes with the next sync.", "body", "muted")
    pixmap = QPixmap()
    pixmap.loadFromData(QByteArray(page.picture))
    shown = QLabel()
    shown.setAccessibleName(f"{page.name}, as it was scanned")
    shown.setPixmap(pixmap.scaledToWidth(look().px(_WIDE), Qt.TransformationMode.SmoothTransformation))
    return shown
