"""A filled-in blank form comes back as a scan; the record it belongs to is shown before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted
from casework.errors import KnownError
from desktop.flows.papers.returned_sheets import FoundSheet, keep_pages, look_at_scan
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Card
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look

_ABOUT = (
    "Scan it, or photograph each page, and drop the files here. The record it belongs to is found by the mark at the "
    "corners of each page, and its pages are kept beside that record. They are in nobody’s copy."
)


class RecordThere(Protocol):
    """A record that the pages may belong to."""

    @property
    def record_id(self) -> str: ...

    @property
    def title(self) -> str: ...


class ReturnedCard(Card):
    """Keeps nothing before a person says so."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("A filled-in form comes back")
        self._shell = shell
        self._files: tuple[Path, ...] = ()
        self.setAcceptDrops(True)
        side = look().room(16)
        body = QWidget()
        box = column(body, gap=look().room(12), margins=(side, look().room(12), side, look().room(16)))
        box.addWidget(label(_ABOUT, "body", "muted"))
        self.choose = Button("Choose the scan", name="blank/scan", icon="folder-open")
        self.choose.clicked.connect(self._choose)
        box.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._result = column(gap=look().room(8))
        box.addLayout(self._result)
        self.add(body)

    def look_at(self, *files: Path) -> None:
        """In the order given; nothing is kept."""
        self._files = files
        desk = self._shell.desk
        self._shell.fetch(self, lambda: look_at_scan(desk, files), self._found, self._cannot)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]:
            event.acceptProposedAction()
            self.look_at(*sorted(files))

    def _choose(self) -> None:
        kinds = "Scans (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic)"
        names, _kind = QFileDialog.getOpenFileNames(self, "Choose the scan", "", kinds)
        if names:
            self.look_at(*map(Path, names))

    def _found(self, found: FoundSheet) -> None:
        empty(self._result)
        for words in found.said:
            self._banner("info", words)
        if not found.pages:
            self._announced(found.said)
            return
        pages = counted(len(found.pages), "page")
        which = self._which(found.offered, found.record_id)
        if which is None:
            words = found.title or "There is no record here that it could belong to. Begin the record, then scan again."
            self._result.addWidget(label(f"{pages}. {words}", "strong", name="blank/found"))
        if which is not None or found.title:
            keep = Button(f"Keep {pages} beside this record", name="blank/keep", icon="paperclip", kind="primary")
            keep.clicked.connect(lambda: self._keep(found.record_id or (which.code() if which else None) or ""))
            self._result.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._announced([found.title, *found.said])

    def _which(self, offered: Sequence[RecordThere], chosen: str) -> DropDown | None:
        """None where there is nothing to choose."""
        if chosen or not offered:
            return None
        pairs = [(one.record_id, one.title) for one in offered]
        which = DropDown(pairs, name="blank/record", label="Which record is it?", nothing="Choose the record")
        which.setMaximumWidth(look().px(640))
        self._result.addWidget(label("Which record is it?", "strong"))
        self._result.addWidget(which)
        return which

    def _keep(self, record_id: str) -> None:
        """What a person chose is looked at again: some of its pages may be there already."""
        if not record_id:
            self._shell.messages.news("Choose the record that it belongs to.")
            return
        desk, files = self._shell.desk, self._files
        self.choose.setFocus()  # the button goes

        def deed() -> str:
            return keep_pages(desk, look_at_scan(desk, files, record_id), record_id)

        self._shell.run(self, deed, lambda said: self._kept(said, record_id), self._cannot)

    def _kept(self, said: str, record_id: str) -> None:
        empty(self._result)
        self._banner("check", said)
        see = Button("See the pages", name="blank/see", icon="eye")
        see.clicked.connect(lambda: self._shell.go("paper", record_id))
        line = row()
        line.addWidget(see)
        line.addStretch(1)
        self._result.addLayout(line)
        announce(self, said)

    def _cannot(self, error: KnownError) -> None:
        empty(self._result)
        self._banner("triangle-alert", str(error))
        announce(self, str(error))

    def _banner(self, icon: str, words: str) -> None:
        banner = Banner("problem" if icon == "triangle-alert" else "waiting", icon, words, "")
        banner.setObjectName("blank/said")
        self._result.addWidget(banner)

    def _announced(self, said: Sequence[str]) -> None:
        announce(self, " ".join(words for words in said if words))
