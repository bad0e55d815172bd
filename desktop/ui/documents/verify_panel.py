"""Checking a PDF: who signed it, and whether a byte of it has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.signing import pdf_check
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Card, Notice
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.fields.editor import line_box
from desktop.ui.theme import look


class VerdictCard(Protocol):
    @property
    def good(self) -> bool: ...

    @property
    def untrue(self) -> bool: ...

    @property
    def sentence(self) -> str: ...


class CheckCard(Card):
    """Works on any file, and needs no network."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Check a PDF")
        self._shell = shell
        side = look().room(16)
        body = QWidget()
        box = column(body, gap=look().room(12), margins=(side, look().room(12), side, look().room(16)))
        box.addWidget(
            label("Says who signed it, when, and whether it is still exactly what they signed.", "body", "muted")
        )
        self._file = line_box("verify/file", "The PDF to check")
        self._file.returnPressed.connect(self._typed)
        self._kept = KeptBox(shell, "documents", "verify/file", self._file)
        choose = Button("Choose a PDF", name="verify/choose", icon="folder-open")
        choose.clicked.connect(self._choose)
        go = Button("Check it", name="verify/go", icon="shield-check")
        go.clicked.connect(self._typed)
        line = row(gap=8)
        line.addWidget(self._file, 1)
        line.addWidget(choose)
        line.addWidget(go)
        box.addLayout(line)
        self._result = column()
        box.addLayout(self._result)
        self.add(body)

    def check(self, path: Path) -> None:
        self._file.setText(str(path))
        self._kept.keep()
        desk = self._shell.desk
        self._shell.fetch(self, lambda: pdf_check.verify(path, desk), self._said, self._cannot)

    def _typed(self) -> None:
        if self._file.text().strip():
            self.check(Path(self._file.text().strip()))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "Choose a PDF", "", "PDF (*.pdf)")
        if name:
            self.check(Path(name))

    def _said(self, verdict: VerdictCard) -> None:
        if verdict.good:
            self._show("draft", "shield-check", verdict.sentence)
        elif verdict.untrue:
            self._show("problem", "triangle-alert", verdict.sentence)
        else:
            self._show("waiting", "info", verdict.sentence)

    def _cannot(self, error: KnownError) -> None:
        self._show("problem", "triangle-alert", str(error))

    def _show(self, kind: Notice, icon: str, sentence: str) -> None:
        empty(self._result)
        banner = Banner(kind, icon, sentence, "")
        banner.setObjectName("verify/result")
        self._result.addWidget(banner)
        announce(banner, sentence)
