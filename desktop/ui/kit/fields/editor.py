"""What every editor of one answer offers, and the editors that are a single box."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.errors import BugError
from casework.forms.definition import Question
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.boxes.caret_places import before
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.kit.fields.dates_and_numbers import Read, read_number, read_words
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.theme import look


class Editor(QWidget):
    """Shows and reads one answer. It never judges while a person types; it says `edited`, and that is all."""

    edited = Signal()
    beside_label = False  # goes on the label's line when there is room
    fills_line = False  # and takes all of it
    holds_label = False  # shows the question's words itself
    answers_too: tuple[str, ...] = ()  # other questions of the section that it holds as well
    head: QWidget | None = None  # stands at the right of the question's words

    def read(self) -> Read:
        """What the boxes say, or the problem with it as a sentence; never raises for what a person typed."""
        raise BugError(type(self).__name__)

    def put(self, value: JSON) -> None:
        """Shows an answer; None empties the boxes."""
        raise BugError(type(self).__name__)

    def raw(self) -> JSON:
        """What the boxes hold, for keeping what cannot be read yet."""
        return self.read().value

    def put_raw(self, raw: JSON) -> None:
        """Shows again what `raw` gave."""
        self.put(raw)

    def target(self) -> QWidget:
        """Where the keyboard goes when a person is sent to this question."""
        return self.inputs()[0]

    def inputs(self) -> list[QWidget]:
        """The boxes that take the keyboard, in the order of Tab; at least one."""
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

    beside_label = fills_line = True

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._box = line_box(name, words)
        self._longest = question.longest
        self._box.setReadOnly(question.read_only)
        self._box.textEdited.connect(lambda _text: self.edited.emit())
        column(self).addWidget(self._box)

    def read(self) -> Read:
        return read_words(self._box.words(), self._longest, shown_in_part=self._box.holds_more)

    def put(self, value: JSON) -> None:
        self._box.put(value if isinstance(value, str) else "")

    def raw(self) -> JSON:
        return self._box.words()

    def inputs(self) -> list[QWidget]:
        return [self._box]


class NumberEditor(TextEditor):
    """A number, typed in a short box."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__(question, name, words)
        self._box.setMaximumWidth(look().room(140))

    def read(self) -> Read:
        return read_number(self._box.words())

    def put(self, value: JSON) -> None:
        super().put(None if value is None or isinstance(value, (dict, bool)) else str(value))

    def put_raw(self, raw: JSON) -> None:
        super().put(str(raw))


class NarrativeEditor(Editor):
    """Many words. The child's own are never checked for style (ux 5.3)."""

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._box = WordsBox(name=name, label=words, lines=2 if question.wide or not question.longest else 1)
        self._box.setReadOnly(question.read_only)
        self._silent = False
        self._longest = question.longest
        self._box.textChanged.connect(self._typed)
        column(self).addWidget(self._box)

    def read(self) -> Read:
        return read_words(self._box.words(), self._longest, shown_in_part=self._box.holds_more)

    def raw(self) -> JSON:
        return self._box.words()

    def put(self, value: JSON) -> None:
        self._silent = True
        self._box.put(value if isinstance(value, str) else "")
        self._silent = False

    def insert(self, words: str) -> None:
        """Adds words from the notes where the caret stands, with a space where one is wanted."""
        cursor = self._box.textCursor()
        ahead = before(self._box.toPlainText(), cursor.position())
        cursor.insertText((" " if ahead and not ahead[-1].isspace() else "") + words)
        self._box.setTextCursor(cursor)

    def inputs(self) -> list[QWidget]:
        return [self._box]

    def _typed(self) -> None:
        if not self._silent:
            self.edited.emit()
