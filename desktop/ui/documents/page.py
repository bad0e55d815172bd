"""A PDF for one reader: which copy, what it leaves out and why, where it goes. And checking any PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.flows.record.editing import OpenRecord, open_record
from desktop.flows.signing import exporting
from desktop.flows.signing.exporting import CopyChoice
from desktop.ui.documents.holders_card import HoldersCard
from desktop.ui.documents.make_copy import MakeCopy
from desktop.ui.documents.verify_panel import CheckCard
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.panels import Banner, Scroller


@dataclass(frozen=True)
class _Found:
    record: OpenRecord
    copies: tuple[CopyChoice, ...]
    names: dict[str, str]
    signed_by_another: str
    why_not_live: str


class DocumentsScreen(Screen):
    """Only a signed record becomes a PDF: it is made of what was signed."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._found: _Found | None = None
        self._making: MakeCopy | None = None
        self._wants_replaced = False
        self._page = Scroller(gap=16, name="documents")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return "Save a PDF"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        return f"{self._found.record.definition.title}, {self._found.record.child.name_and_age}"

    def crumbs(self) -> Sequence[Crumb]:
        if self._found is None:
            return (Crumb("Today", Where("today")),)
        record = self._found.record
        return (
            Crumb("Today", Where("today")),
            Crumb(record.child.name, Where("child", record.child.child_id)),
            Crumb(record.definition.short_title, Where("sign", self.record_id)),
            Crumb("Save a PDF"),
        )

    def start(self) -> None:
        desk, record_id = self.shell.desk, self.record_id

        def fetch() -> _Found:
            copies = exporting.copies(desk, record_id)
            names = {copy.name: exporting.suggested_name(desk, record_id, copy.name) for copy in copies}
            record = open_record(desk, record_id)
            signer, why = exporting.signed_by_another(desk, record), exporting.why_not_live(desk, record)
            return _Found(record, copies, names, signer, why)

        self.shell.run(self, fetch, self._show)

    def primary(self) -> None:
        if self._making is not None:
            self._making.make()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _want_replaced(self) -> None:
        self._wants_replaced = True
        if self._found is not None:
            self._show(self._found)

    def _show(self, found: _Found) -> None:
        self._found, self._making = found, None
        empty(self._page.box)
        self.heading_changed.emit()
        if not found.record.locked:
            sign = Button("Check and sign", name="documents/sign", kind="primary")
            sign.clicked.connect(lambda: self.shell.go("sign", self.record_id))
            text = "A PDF is made of what was signed, so that anybody can check that nothing was changed."
            self._page.add(Banner("draft", "info", "Sign the record first", text, sign))
        elif found.why_not_live and not self._wants_replaced:
            anyway = Button("Export this one all the same", name="documents/replaced")
            anyway.clicked.connect(self._want_replaced)
            text = "Whoever is sent an older plan may look in the wrong places. The live one is under the child."
            self._page.add(Banner("soon", "triangle-alert", found.why_not_live, text, anyway))
        else:
            self._making = MakeCopy(
                self.shell, self.record_id, found.copies, found.names, signed_by=found.signed_by_another
            )
            self._making.replaced = self._wants_replaced
            self._page.add(self._making)
        if found.record.locked:
            holders = HoldersCard(self.shell, self.record_id)
            self._page.add(holders)
            if self._making is not None:
                self._making.copied.connect(holders.refresh)
        check = CheckCard(self.shell)
        self._page.add(check)
        self._page.box.addStretch(1)
        if self._making is not None:
            self._making.check_asked.connect(check.check)
            self._making.take_focus()
