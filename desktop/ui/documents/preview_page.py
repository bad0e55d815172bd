"""The pages of one copy as its reader would have them: looked at, printed, or saved as a PDF that can be checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.signing.previewing import Looked, look_at, was_printed
from desktop.ui.documents.paper_view import PaperView
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Card, Scroller, padded
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.printing.page_pictures import PagePictures
from desktop.ui.printing.print_act import PrintAct
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

SIDE = 372


@dataclass(frozen=True)
class _Found:
    looked: Looked
    pages: PagePictures


class PreviewScreen(Screen):
    """`copy` names one; otherwise it is the first that may be made. Nothing of it is on the disk."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str, copy: str = "") -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._copy = copy
        self._found: _Found | None = None
        self.printing = PrintAct(shell, self, self._note)
        self.printing.said.connect(self._say)
        self._state = label("", "body", name="preview/state")
        self._state.setVisible(False)
        self._given_to = line_box("preview/given_to", "Who gets it")
        self._page = Scroller(gap=16, margins=(24, 16, 8, 16), name="preview")
        self._side = Scroller(gap=16, margins=(8, 16, 24, 16), name="preview/side")
        self._side.setFixedWidth(look().px(SIDE))
        whole = row(self, gap=0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._side)
        if look().narrow:
            self._side.hide()

    def title(self) -> str:
        return "How it will look"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        record = self._found.looked.record
        return f"{record.definition.title}, {record.child.name_and_age}"

    def crumbs(self) -> Sequence[Crumb]:
        if self._found is None:
            return (Crumb("Today", Where("today")),)
        record = self._found.looked.record
        return (
            Crumb("Today", Where("today")),
            Crumb(record.child.name, Where("child", record.child.child_id)),
            Crumb(record.definition.short_title, Where("sign", self.record_id)),
            Crumb("How it will look"),
        )

    def acts(self) -> Sequence[QWidget]:
        if self._found is None:
            return ()
        words = "Print this one all the same" if self._found.looked.warning else "Print"
        printing = Button(words, name="preview/print", icon="printer")
        printing.clicked.connect(self.ask_printer)
        if self._found.looked.is_draft:
            return (printing,)
        save = Button("Save a PDF", name="preview/save", icon="file-down", kind="primary", key="Ctrl+P")
        save.clicked.connect(self.export)
        return (printing, save)

    def start(self) -> None:
        desk, record_id, copy = self.shell.desk, self.record_id, self._copy

        def fetch() -> _Found:
            looked = look_at(desk, record_id, copy)
            return _Found(looked, PagePictures(looked.pdf))

        self._page.add(label("Laying out the pages", "body", "muted", name="preview/wait"))
        self.shell.fetch(self, fetch, self._show, self._not_made)

    def panes(self) -> Sequence[QWidget]:
        return (self._page, self._side)

    def first_focus(self) -> QWidget | None:
        return self.findChild(PaperView)

    def bookmark(self) -> Where | None:
        return Where("preview", self.record_id, self._copy)

    def leave(self) -> None:
        self.printing.stop()

    def export(self) -> None:
        self.shell.go("documents", self.record_id)

    def ask_printer(self) -> None:
        """Which printer, and which pages."""
        if self._found is not None:
            self.printing.ask(self._found.pages)

    def _note(self) -> Callable[[], object]:
        return partial(was_printed, self.shell.desk, self.record_id, self._copy, self._given_to.words())

    def _say(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _not_made(self, error: KnownError) -> None:
        empty(self._page.box)
        self._page.add(Banner("problem", "triangle-alert", "There is nothing to look at", str(error)))
        self._page.box.addStretch(1)

    def _show(self, found: _Found) -> None:
        self._found, self._copy = found, found.looked.copy
        empty(self._page.box)
        beside = self._page if look().narrow else self._side
        empty(beside.box)
        for banner in self._banners(found.looked):
            beside.add(banner)
        beside.add(self._choices(found.looked))
        beside.box.addStretch(0 if look().narrow else 1)
        copy = next((choice.title for choice in found.looked.copies if choice.name == self._copy), "")
        view = PaperView(self.shell, found.pages, title=copy)
        self._page.add(view)
        self._page.box.addStretch(1)
        view.watch(self._page)
        self.heading_changed.emit()
        view.setFocus()
        announce(view, view.accessibleName())

    def _banners(self, looked: Looked) -> Sequence[Banner]:
        if looked.is_draft:
            text = "Each page is marked as a draft. Sign the record, and its PDF can be checked by whoever gets it."
            return (Banner("draft", "info", "Not signed yet", text),)
        if looked.warning:
            text = "Whoever is given an older plan may look in the wrong places. The live one is under the child."
            return (Banner("soon", "triangle-alert", looked.warning, text),)
        return ()

    def _choices(self, looked: Looked) -> Card:
        side = look().room(16)
        card, body = Card(), QWidget()
        box = column(body, gap=look().room(12))
        options = [(copy.name, copy.title) for copy in looked.copies]
        whose = DropDown(options, name="preview/copy", label="Whose copy?")
        whose.put(self._copy)
        whose.activated.connect(lambda _index: self._chose(whose.code()))
        box.addWidget(titled("Whose copy?", "What is left out of it leaves no trace in it.", whose, buddy=whose))
        if not looked.is_draft:
            hint = "A name or a place, if you print it: the log of copies keeps it."
            box.addWidget(titled("Who gets it", hint, self._given_to))
        box.addWidget(self._state)
        card.add(padded(body, (side, look().room(12), side, look().room(12))))
        return card

    def _chose(self, code: object) -> None:
        if isinstance(code, str) and code != self._copy:
            self.shell.go("preview", self.record_id, code)
