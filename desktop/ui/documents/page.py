"""A PDF for one reader: which copy, what it leaves out and why, where it goes. And checking any PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows import exporting
from desktop.flows.exporting import CopyChoice, Exported
from desktop.flows.records import OpenRecord, open_record
from desktop.ui.documents.checking import CheckCard
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.announcing import announce
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.drop_down import DropDown
from desktop.ui.kit.editor import line_box
from desktop.ui.kit.layout import column, empty, row
from desktop.ui.kit.panels import Banner, Card, Scroller
from desktop.ui.kit.words import label
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled


@dataclass(frozen=True)
class _Found:
    record: OpenRecord
    copies: tuple[CopyChoice, ...]
    names: dict[str, str]


class DocumentsScreen(Screen):
    """Only a signed record becomes a PDF: it is made of what was signed."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._found: _Found | None = None
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
            return _Found(open_record(desk, record_id), copies, names)

        self.shell.run(self, fetch, self._show)

    def primary(self) -> None:
        if self._found is not None and self._found.record.locked and self._save.isEnabled():
            self._make()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: _Found) -> None:
        self._found = found
        empty(self._page.box)
        self.heading_changed.emit()
        if not found.record.locked:
            sign = Button("Check and sign", name="documents/sign", kind="primary")
            sign.clicked.connect(lambda: self.shell.go("sign", self.record_id))
            text = "A PDF is made of what was signed, so that anybody can check that nothing was changed."
            self._page.add(Banner("draft", "info", "Sign the record first", text, sign))
        else:
            self._page.add(self._choosing(found))
        self._page.add(CheckCard(self.shell))
        self._page.box.addStretch(1)
        if found.record.locked:
            self._pick(found.copies[0].name)
            self._copies.setFocus()

    def _choosing(self, found: _Found) -> Card:
        card = Card("Who is it for?")
        side = look().room(16)
        body = QWidget()
        box = column(body, gap=look().room(14), margins=(side, look().room(12), side, look().room(16)))
        options = [(copy.name, copy.title) for copy in found.copies]
        self._copies = DropDown(options, name="documents/copy", label="Who is it for?")
        self._copies.setMaximumWidth(look().px(480))
        self._copies.activated.connect(lambda _index: self._chose(self._copies.code()))
        box.addWidget(self._copies)
        self._left_out = column(gap=4)
        box.addLayout(self._left_out)
        self._to = line_box("documents/to", "Where to save it")
        browse = Button("Choose a folder", name="documents/browse", icon="folder-open")
        browse.clicked.connect(self._browse)
        where = QWidget()
        line = row(where, gap=8)
        line.addWidget(self._to, 1)
        line.addWidget(browse)
        hint = "The file’s name holds no child’s name. Anyone with the file can read it: keep it where it belongs."
        box.addWidget(titled("Where to save it", hint, where, buddy=self._to))
        self._save = Button("Save the PDF", name="documents/save", kind="primary", icon="file-down", key="Ctrl+Enter")
        self._save.clicked.connect(self._make)
        self._state = label("", "body", name="documents/state")
        act = row(gap=16)
        act.addWidget(self._save)
        act.addWidget(self._state, 1)
        box.addLayout(act)
        self._result = column()
        box.addLayout(self._result)
        card.add(body)
        return card

    def _chose(self, code: object) -> None:
        """A choice taken back falls to the first copy: there is always one."""
        if self._found is not None:
            self._pick(code if isinstance(code, str) else self._found.copies[0].name)

    def _pick(self, name: str) -> None:
        found = self._found
        if found is None:
            return
        self._copies.put(name)
        self._copy = next(copy for copy in found.copies if copy.name == name)
        empty(self._left_out)
        if not self._copy.allowed:
            self._left_out.addWidget(label("This copy may not be made", "strong"))
        self._left_out.addWidget(label(self._copy.why, "body", "muted"))
        if self._copy.withheld:
            self._left_out.addWidget(label("Left out of this copy:", "strong"))
        for what, why in self._copy.withheld:
            end = "" if what.endswith("?") else "."
            self._left_out.addWidget(label(f"{what}{end} {why}", "caption", "muted"))
        self._save.setEnabled(self._copy.allowed)
        folder = Path(self._to.text()).parent if self._to.text() else Path.home()
        self._to.setText(str(folder / found.names[name]))

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where to save it", str(Path(self._to.text()).parent))
        if folder:
            self._to.setText(str(Path(folder) / Path(self._to.text()).name))

    def _make(self) -> None:
        """On the long worker, so that saving elsewhere never waits for a PDF."""
        empty(self._result)
        self._save.setEnabled(False)
        self._state.setText("Making the PDF")
        desk, record_id, copy, to = self.shell.desk, self.record_id, self._copy.name, Path(self._to.text())
        self.shell.fetch(self, lambda: exporting.export(desk, record_id, copy, to), self._made, self._not_made)

    def _made(self, made: Exported) -> None:
        self._save.setEnabled(True)
        self._state.setText("")
        left = f"{made.withheld} left out, and the copy says so. " if made.withheld else ""
        check = Link("Check it now", name="documents/check-it")
        check.clicked.connect(lambda: self.findChildren(CheckCard)[0].check(made.path))
        title = f"Saved as {made.path.name}"
        self._result.addWidget(
            Banner("draft", "file-check", title, f"{left}It is signed, in {made.path.parent}.", check)
        )
        announce(self._save, title)

    def _not_made(self, error: KnownError) -> None:
        self._save.setEnabled(True)
        self._state.setText("")
        self._result.addWidget(Banner("problem", "triangle-alert", str(error), ""))
        self.window().setWindowTitle("Error: Save a PDF – Homeward")
        announce(self._save, str(error), urgent=True)
