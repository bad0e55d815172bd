"""The one way to tell the person something. Every message is kept in order, so a test can read what was said."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal


class Tone(StrEnum):
    """What kind of news it is; a problem is the only red one."""

    NEWS = "news"
    PROBLEM = "problem"


class Message(NamedTuple):
    """One thing that was said; `tone` is how it looks and how urgently it is read out."""

    tone: Tone
    title: str
    text: str = ""


class Messages(QObject):
    """Says it on the page, never in a box that takes the keyboard away."""

    said = Signal(object)
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.history: list[Message] = []

    def news(self, title: str, text: str = "") -> None:
        self._say(Message(Tone.NEWS, title, text))

    def problem(self, title: str, text: str = "") -> None:
        self._say(Message(Tone.PROBLEM, title, text))

    def clear(self) -> None:
        """When the person goes elsewhere, or the laptop locks."""
        self.history.clear()
        self.cleared.emit()

    def _say(self, message: Message) -> None:
        self.history.append(message)
        self.said.emit(message)


class SaidTogether:
    """What several files taken at once led to: a refusal stays in sight when the next one is said."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._problems: list[str] = []
        self._news: list[str] = []

    def problem(self, words: str) -> None:
        self._problems.append(words)
        self._say("")

    def news(self, title: str, text: str) -> None:
        self._news.append(text)
        self._say(title)

    def _say(self, title: str) -> None:
        if self._problems:
            first, *others = self._problems
            self._messages.problem(first, "\n".join([*others, *self._news]))
        else:
            self._messages.news(title, "\n".join(self._news))
