"""What every editor of one answer offers, and the editors that are a single box."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from casework.canonical import JSON
from casework.errors import BugError
from casework.forms.definition import Question
from desktop.ui.kit.keys import is_ours
from desktop.ui.kit.layout import column
from desktop.ui.kit.narrative import WordsBox
from desktop.ui.kit.reading import Read, read_number
from desktop.ui.theme import look


class Editor(QWidget):
    """Shows and reads one answer. It never judges while a person types; it says `edited`, and that is all."""

    edited = Signal()
    beside_label = False  # goes on the label's line when there is room
    holds_label = False  # shows the question's words itself
    answers_too: tuple[str, ...] = ()  # other questions of the section that it holds as well
    head: QWidget | None = None  # stands at the right of the question's words

    def read(self) -> Read:
        raise BugError(type(self).__name__)

    def put(self, value: JSON) -> None:
        raise BugError(type(self).__name__)

    def raw(self) -> object:
        """What the boxes hold, for keeping what cannot be read yet."""
        return None

    def put_raw(self, raw: object) -> None:
        """Shows again what `raw` gave."""

    def target(self) -> QWidget:
        """Where the keyboard goes when a person is sent to this question."""
        return self.inputs()[0]

    def inputs(self) -> list[QWidget]:
        raise BugError(type(self).__name__)

    def mark(self, problem: str) -> None:
        """Shows, or with an empty text takes away, that this answer has a problem."""
        for box in self.inputs():
            box.setProperty("bad", bool(problem))
            box.setAccessibleDescription(problem or str(box.property("about") or ""))
            box.style().unpolish(box)
            box.style().polish(box)
            box.update()

    def about(self, text: str) -> None:
        """The hint, said by a screen reader after the name; before it what an option says of itself."""
        for box in self.inputs():
            whole = " ".join(part for part in (str(box.property("own") or ""), text) if part)
            box.setProperty("about", whole)
            box.setAccessibleDescription(whole)


class TextEditor(Editor):
    """One line of words."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._box = line_box(name, words)
        if question.longest:
            self._box.setMaxLength(question.longest)
        self._box.setReadOnly(question.read_only)
        self._box.textEdited.connect(lambda _text: self.edited.emit())
        column(self).addWidget(self._box)

    def read(self) -> Read:
        return Read(self._box.text() or None)

    def put(self, value: JSON) -> None:
        text = value if isinstance(value, str) else ""
        if text != self._box.text():
            self._box.setText(text)

    def inputs(self) -> list[QWidget]:
        return [self._box]


class NumberEditor(TextEditor):
    """A number, typed in a short box."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__(question, name, words)
        self._box.setMaximumWidth(look().room(140))

    def read(self) -> Read:
        return read_number(self._box.text())

    def put(self, value: JSON) -> None:
        super().put(None if value is None or isinstance(value, (dict, bool)) else str(value))

    def raw(self) -> object:
        return self._box.text()

    def put_raw(self, raw: object) -> None:
        super().put(str(raw))


class NarrativeEditor(Editor):
    """Many words. The child's own are never checked for style (ux 5.3)."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._box = WordsBox(name=name, label=words, lines=2 if question.wide or not question.longest else 1)
        self._box.setReadOnly(question.read_only)
        self._silent = False
        self._box.textChanged.connect(self._typed)
        column(self).addWidget(self._box)

    def read(self) -> Read:
        return Read(self._box.toPlainText() or None)

    def put(self, value: JSON) -> None:
        self._silent = True
        self._box.put(value if isinstance(value, str) else "")
        self._silent = False

    def insert(self, words: str) -> None:
        """Adds words from the notes where the caret stands, with a space where one is wanted."""
        cursor = self._box.textCursor()
        before = self._box.toPlainText()[: cursor.position()]
        cursor.insertText((" " if before and not before[-1].isspace() else "") + words)
        self._box.setTextCursor(cursor)

    def inputs(self) -> list[QWidget]:
        return [self._box]

    def _typed(self) -> None:
        if not self._silent:
            self.edited.emit()


class _LineBox(QLineEdit):
    def event(self, event: QEvent) -> bool:
        if is_ours(event):
            event.ignore()
            return False
        return super().event(event)


class _SecretBox(_LineBox):
    """Takes words in and never gives them to the clipboard, shown or not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
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


def line_box(name: str, words: str) -> QLineEdit:
    """A one-line box with a name; no placeholder, since dictated text is appended to those (ux 3)."""
    return _named(_LineBox(), name, words)


def secret_box(name: str, words: str) -> QLineEdit:
    """A box for a passphrase, hidden at first: it can be pasted into and not copied from."""
    box = _named(_SecretBox(), name, words)
    box.setEchoMode(QLineEdit.EchoMode.Password)
    return box


def _named(box: QLineEdit, name: str, words: str) -> QLineEdit:
    box.setObjectName(name)
    box.setAccessibleName(words)
    return box
