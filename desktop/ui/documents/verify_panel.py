"""Checking a PDF: who signed it, and whether a byte of it has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import counted
from casework.errors import KnownError
from desktop.flows.signing import countersigning, pdf_check, strengthening
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Card, Notice
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

MOST_SHOWN = 50


class CheckedFile(Protocol):
    """What the card needs of a verdict, so that it knows no more of how one is reached."""

    @property
    def name(self) -> str: ...

    @property
    def good(self) -> bool: ...

    @property
    def untrue(self) -> bool: ...

    @property
    def sentence(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def awaits_me(self) -> bool: ...

    @property
    def wants_stamp(self) -> bool: ...

    @property
    def wants_password(self) -> bool: ...


class StampedFile(Protocol):
    """One file that carries the council’s time-stamp now, and what was judged of it."""

    @property
    def line(self) -> str: ...

    @property
    def good(self) -> bool: ...


class CheckCard(Card):
    """Works on any file, chosen, typed or dropped, and on a folder of them; needs no network."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Check a PDF")
        self._shell = shell
        self._asked: tuple[Path, ...] = ()
        self._password = ""
        self.setAcceptDrops(True)
        side = look().room(16)
        body = QWidget()
        box = column(body, gap=look().room(12), margins=(side, look().room(12), side, look().room(16)))
        box.addWidget(label(_ABOUT, "body", "muted"))
        self._file = line_box("verify/file", "The PDF to check")
        self._file.returnPressed.connect(self.check_typed)
        self._kept = KeptBox(shell, "documents", "verify/file", self._file)
        self.choose = Button("Choose a PDF", name="verify/choose", icon="folder-open")
        self.choose.clicked.connect(self._choose)
        go = Button("Check it", name="verify/go", icon="shield-check")
        go.clicked.connect(self.check_typed)
        line = row(gap=8)
        line.addWidget(self._file, 1)
        line.addWidget(self.choose)
        line.addWidget(go)
        box.addLayout(line)
        self._result = column(gap=look().room(8))
        box.addLayout(self._result)
        self.add(body)

    def check(self, *paths: Path, password: str = "") -> None:
        """Files, and folders of them; `password`: of those that are protected."""
        self._file.setText(str(paths[0]))
        self._kept.keep()
        self._asked, self._password = paths, password
        desk = self._shell.desk
        self._shell.fetch(self, lambda: pdf_check.verify_each(paths, desk, password=password), self._said, self._cannot)

    def check_typed(self) -> None:
        if self._file.text().strip():
            self.check(Path(self._file.text().strip()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]:
            event.acceptProposedAction()
            self.check(*files)

    def _choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, "Choose a PDF", "", "PDF (*.pdf)")
        if names:
            self.check(*map(Path, names))

    def _said(self, found: Sequence[CheckedFile]) -> None:
        empty(self._result)
        if len(found) == 1:
            self._show(found[0], found[0].sentence, "")
            announce(self, found[0].sentence)
            self._ask_password(found)
            self._offer(found[0])
            self._offer_stamp(found)
            return
        ordered = sorted(found, key=lambda one: one.good)  # those that are not good first
        good = sum(one.good for one in found)
        summary = f"{counted(len(found), 'PDF')}: {good} good, {len(found) - good} not."
        self._result.addWidget(label(summary, "strong"))
        for one in ordered[:MOST_SHOWN]:
            self._show(one, one.name, one.sentence)
        if len(ordered) > MOST_SHOWN:
            self._result.addWidget(label(_MORE.format(len(ordered) - MOST_SHOWN), "body", "muted"))
        self._ask_password(found)
        self._offer_stamp(found)
        announce(self, summary)

    def _ask_password(self, found: Sequence[CheckedFile]) -> None:
        """For those that are protected. It is kept nowhere: a file chosen anew asks again."""
        if not any(one.wants_password for one in found):
            return
        typed = Passphrase("verify/password", "The password of the PDF", what="password")
        go = Button("Check it with the password", name="verify/with_password", icon="shield-check")

        def again() -> None:
            if typed.text().strip():
                self.check(*self._asked, password=typed.text().strip())

        typed.box.returnPressed.connect(again)
        go.clicked.connect(again)
        line = row(gap=8)
        line.addWidget(typed, 1)
        line.addWidget(go)
        holder = QWidget()
        holder.setLayout(line)
        self._result.addWidget(titled("Its password", "As its sender gave it to you.", holder, buddy=typed.box))
        typed.box.setFocus()

    def _offer(self, one: CheckedFile) -> None:
        """To the manager who approved it, and has not signed it in the file yet."""
        if one.awaits_me:
            sign = Button("Sign it as its manager", name="verify/countersign", icon="signature", kind="primary")
            sign.clicked.connect(lambda: self._sign(one.path))
            self._result.addWidget(sign, 0, Qt.AlignmentFlag.AlignLeft)

    def _offer_stamp(self, found: Sequence[CheckedFile]) -> None:
        """Where one is missing, or ends soon. What was signed stays as it is: only bytes are added."""
        wanting = sum(one.wants_stamp for one in found)
        if not wanting:
            return
        words = "Add the council’s time-stamp" + (f" to {wanting} of them" if len(found) > 1 else "")
        self._result.addWidget(label(_STAMP, "body", "muted"))
        add = Button(words, name="verify/stamp", icon="clock")
        add.clicked.connect(self._stamp)
        self._result.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _stamp(self) -> None:
        desk, paths = self._shell.desk, self._asked
        self.choose.setFocus()  # the button goes
        password = self._password
        deed = partial(strengthening.strengthen, desk, paths, password=password)
        self._shell.fetch(self, deed, self._stamped, self._cannot)

    def _stamped(self, found: Sequence[StampedFile]) -> None:
        """Checked like any other file; where one could not be reached, what was said of it stands here instead."""
        left = [one for one in found if not one.good]
        if not left:
            self.check(*self._asked, password=self._password)
            return
        empty(self._result)
        if len(found) > 1:
            has = f"{len(found) - len(left)} of {counted(len(found), 'PDF')} have the council’s time-stamp."
            self._result.addWidget(label(has, "strong"))
        for one in left[:MOST_SHOWN]:
            self._banner("waiting", "info", one.line, "")
        announce(self, left[0].line)

    def _sign(self, file: Path) -> None:
        """Beside it, so that what the author sealed is still there; what was written is checked like any other."""
        desk, to = self._shell.desk, countersigning.name_beside(file)

        def deed() -> str:
            return countersigning.countersign(desk, file, to)

        self._shell.fetch(self, deed, lambda _said: self.check(to), self._cannot)

    def _cannot(self, error: KnownError) -> None:
        empty(self._result)
        self._banner("problem", "triangle-alert", str(error), "")
        announce(self, str(error))

    def _show(self, one: CheckedFile, title: str, text: str) -> None:
        if one.good:
            self._banner("draft", "shield-check", title, text)
        elif one.untrue:
            self._banner("problem", "triangle-alert", title, text)
        else:
            self._banner("waiting", "info", title, text)

    def _banner(self, kind: Notice, icon: str, title: str, text: str) -> None:
        banner = Banner(kind, icon, title, text)
        banner.setObjectName("verify/result")
        self._result.addWidget(banner)


_ABOUT = (
    "Says who signed it, when, and whether it is still exactly what they signed. Choose it, or drop it here; "
    "several at once, or a folder of them, are checked one by one."
)
_STAMP = (
    "The council’s service can put its own time on it, so that it can still be checked once the certificate it was "
    "signed with has ended. It needs a network; the document itself does not leave this laptop."
)
_MORE = "{} more. “homeward verify” lists every one of them."
