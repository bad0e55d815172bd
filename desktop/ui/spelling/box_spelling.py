"""The spelling of one box: marked after a pause, never while a word is being typed, and put right by menu or key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.flows.spelling.dictionary import Doubtful, doubtful, keep_word, meant
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.caret_places import before, places
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.spelling.known_words import KnownWords
from desktop.ui.theme import look, menu_sheet

PAUSE_MS = 700
NOTHING = "No word here looks misspelt"


class BoxSpelling(QObject):
    """Lives as long as its box. What stands in the box is changed only by a choice from the menu."""

    def __init__(self, shell: Shell, box: WordsBox, known: KnownWords) -> None:
        super().__init__(box)
        self._shell, self._box, self._known = shell, box, known
        self._seen, self._found = "", tuple[Doubtful, ...]()
        self._waits = False  # for the caret to leave a word that was being typed
        self._menu = QMenu(box)
        self._menu.setStyleSheet(menu_sheet())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        box.textChanged.connect(self._pause.start)
        box.cursorPositionChanged.connect(self._caret_moved)
        box.viewport().installEventFilter(self)
        known.changed.connect(self.look)

    def look(self) -> None:
        """Off the window’s thread: the first time it reads the dictionary."""
        self._look_then(self._mark)

    def next(self) -> None:
        """To the next word that may be misspelt, behind the caret and round to the top again, with what was meant."""
        self._look_then(self._go_to_next)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A right click on a marked word asks about it; anywhere else the box has its usual menu."""
        if not isinstance(event, QContextMenuEvent):
            return False
        place = len(before(self._seen, self._box.cursorForPosition(event.pos()).position()))
        word = next((one for one in self._found if one.start <= place <= one.end), None)
        if word is None or self._text() != self._seen:
            return False
        self._ask(word, event.globalPos())
        return True

    def _text(self) -> str:
        """As many letters as the box has, each at its own place."""
        return self._box.document().toRawText()

    def _look_then(self, then: Callable[[], None]) -> None:
        text, mine = self._text(), self._known.words

        def came(found: tuple[Doubtful, ...]) -> None:
            if self._text() == text:
                self._seen, self._found = text, found
                then()

        self._shell.look_up(self, lambda: doubtful(text, mine), came)

    def _caret_moved(self) -> None:
        if self._waits:
            self._pause.start()

    def _mark(self) -> None:
        caret = self._box.textCursor().position() if self._box.hasFocus() else -1
        being_typed = [word for word in self._found if places(self._seen[: word.end]) == caret]
        self._box.setExtraSelections([self._marked(word) for word in self._found if word not in being_typed])
        self._waits = bool(being_typed)

    def _marked(self, word: Doubtful) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(look().colour("error"))
        mark.cursor, mark.format = self._cursor(word), shape
        return mark

    def _cursor(self, word: Doubtful) -> QTextCursor:
        cursor = QTextCursor(self._box.document())
        cursor.setPosition(places(self._seen[: word.start]))
        cursor.setPosition(places(self._seen[: word.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _go_to_next(self) -> None:
        self._mark()
        if not self._found:
            self._shell.messages.news(NOTHING)
            return
        caret = len(before(self._seen, self._box.textCursor().selectionEnd()))
        word = next((one for one in self._found if one.start >= caret), self._found[0])
        self._box.setTextCursor(self._cursor(word))
        self._box.ensureCursorVisible()
        announce(self._box, f"“{word.word}” may be misspelt")
        self._ask(word, self._box.viewport().mapToGlobal(self._box.cursorRect().bottomLeft()))

    def _ask(self, word: Doubtful, at: QPoint) -> None:
        text = self._text()

        def came(found: Sequence[str]) -> None:
            if self._text() == text and self._box.isVisible():
                self._show_menu(word, found, at)

        self._shell.look_up(self, lambda: meant(word.word), came)

    def _show_menu(self, word: Doubtful, found: Sequence[str], at: QPoint) -> None:
        self._menu.clear()
        for one in found:
            self._menu.addAction(one, partial(self._put_right, word, one))
        if not found:
            self._menu.addAction("No word is like it").setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(f"Keep “{word.word}” in my own words", partial(self._keep, word.word))
        self._menu.addAction("Leave it as it is", self._menu.close)
        self._menu.popup(at)
        self._menu.setActiveAction(next(action for action in self._menu.actions() if action.isEnabled()))

    def _put_right(self, word: Doubtful, wanted: str) -> None:
        cursor = self._cursor(word)
        cursor.insertText(wanted)
        self._box.setTextCursor(cursor)
        self._box.setFocus()

    def _keep(self, word: str) -> None:
        desk = self._shell.desk
        self._shell.run(self, lambda: keep_word(desk, word), self._known.take)
