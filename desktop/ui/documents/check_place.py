"""Check a PDF: a place of its own, for whoever was sent one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.documents.verify_panel import CheckCard
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Scroller


class CheckScreen(Screen):
    """The card that stands under each signed record, without the record."""

    place = "find"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._page = Scroller(gap=16, name="check")
        column(self).addWidget(self._page)
        self._card = CheckCard(shell)
        self._page.add(self._card)
        self._page.box.addStretch(1)

    def title(self) -> str:
        return "Check a PDF"

    def subtitle(self) -> str:
        return "Any PDF, from anybody. It needs no network."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Check a PDF"))

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._card.choose

    def primary(self) -> None:
        self._card.check_typed()
