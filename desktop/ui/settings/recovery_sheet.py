"""The recovery code's sheet, on the screen once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.flows.access import passphrase_and_recovery
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer
from desktop.ui.kit.basics.panels import Banner, Card, Scroller, padded
from desktop.ui.theme import look

KEEP = "Print or write it down, keep it away from the laptop"
ONCE = "It is shown only now. Without it and without your passphrase, nobody at this laptop can open your work."


class RecoverySheetScreen(Screen):
    """What is shown goes with the screen: nothing keeps the code."""

    place = "settings"

    def __init__(self, shell: Shell, text: str, *, is_first: bool = False) -> None:
        super().__init__(shell)
        self._text, self._then = text, "join" if is_first else "today"
        self._print = Button("Print", name="recovery/print", kind="primary")
        page = Scroller(gap=16, name="recovery")
        column(self).addWidget(page)
        page.add(Banner("soon", "info", KEEP, ONCE))
        card = Card()
        words = label(text, "body", name="recovery/sheet")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        side = look().room(16)
        card.add(padded(words, (side, side, side, side)))
        page.add(card)
        page.add(self._ways())
        page.box.addStretch(1)
        self._page = page

    def title(self) -> str:
        return "Your recovery code"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Your recovery code"),)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._print

    def save_to(self, file: Path) -> None:
        """Off the window's thread: a stick can be slow."""
        text = self._text
        self.shell.run(self, lambda: passphrase_and_recovery.save_sheet(text, file), self._saved)

    def _ways(self) -> QWidget:
        self._print.clicked.connect(self._print_it)
        save = Button("Save as text", name="recovery/save", icon="file-down")
        save.clicked.connect(self._save_it)
        done = Button("I have kept it", name="recovery/done")
        done.clicked.connect(lambda: self.shell.go(self._then))
        return beside(self._print, save, done, spacer(), stretch=3)

    def _print_it(self) -> None:
        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            page = QTextDocument()
            page.setPlainText(self._text)
            page.print_(printer)

    def _save_it(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the sheet, away from the laptop", "recovery code.txt")
        if name:
            self.save_to(Path(name))

    def _saved(self, name: str) -> None:
        self.shell.messages.news(f"Saved as {name}.", "Anyone with this file and the laptop can read your work.")
