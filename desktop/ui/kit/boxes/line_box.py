"""Boxes of one line: for plain words, and for a passphrase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QKeyEvent, QMouseEvent, QValidator
from PySide6.QtWidgets import QLineEdit

from casework.typed_words import in_one_line
from desktop.ui.kit.basics.shortcuts import KEYS, UNDONE_BY_THE_PAGE, is_ours, takes_back
from desktop.ui.kit.boxes.caret_places import before, places
from desktop.ui.kit.boxes.dropped import dropped_files
from desktop.ui.kit.boxes.long_words import SHOWN_IN_A_LINE, parted
from desktop.ui.theme import box_sheet

MOST = 2**30  # letters: no box cuts what it is given


class LineBox(QLineEdit):
    """One line of plain words; of a very long one it shows the first part and holds the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = ""
        self.setMaxLength(MOST)
        self.setValidator(_AsKept(self))

    def words(self) -> str:
        """Everything in it, as it is kept."""
        return self.text() + self._rest

    @property
    def holds_more(self) -> bool:
        """Whether only the first part of its words is in sight."""
        return bool(self._rest)

    def put(self, words: str) -> None:
        """Shows words, and only if they differ: the caret stays where it was."""
        if words != self.words():
            self._rest = ""
            self.setText(words)

    def take_in(self, text: str) -> str:
        """What of this is shown; the rest is held. Taking out all that is shown takes out all."""
        shown, over = parted(text, SHOWN_IN_A_LINE)
        self._rest = over + self._rest if text else ""
        return shown

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file that is dropped goes to the question round it: its path is nobody’s words."""
        if dropped_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in KEYS and (is_ours(event) or (self.property(UNDONE_BY_THE_PAGE) and takes_back(event))):
            event.ignore()
            return False
        return super().event(event)


class _AsKept(QValidator):
    """Sees all that goes into a box, whichever way, before it is shown."""

    def __init__(self, box: LineBox) -> None:
        super().__init__(box)
        self._box = box

    def validate(self, text: str, caret: int) -> object:
        shown = self._box.take_in(in_one_line(text))
        return QValidator.State.Acceptable, shown, min(places(in_one_line(before(text, caret))), places(shown))


class _SecretBox(QLineEdit):
    """Takes words in as they are and never gives them to the clipboard, shown or not."""

    def event(self, event: QEvent) -> bool:
        if is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtGui import QKeySequence  # noqa: PLC0415 - its seventy names are made by the first key

        if not (event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut)):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On some systems letting the button go copies what was marked."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in {"edit-copy", "edit-cut"}:
                menu.removeAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def line_box(name: str, words: str) -> LineBox:
    """A one-line box with a name; no placeholder, since dictated text is appended to those (ux 3)."""
    box = LineBox()
    _name(box, name, words)
    return box


def secret_box(name: str, words: str) -> QLineEdit:
    """A box for a passphrase, hidden at first: it can be pasted into and not copied from."""
    box = _SecretBox()
    _name(box, name, words)
    box.setEchoMode(QLineEdit.EchoMode.Password)
    return box


def _name(box: QLineEdit, name: str, words: str) -> None:
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setStyleSheet(box_sheet())
