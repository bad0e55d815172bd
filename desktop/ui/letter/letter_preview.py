"""The page as its reader would have it, white in every theme."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from casework.dates_in_words import day
from casework.practice.letters.letter_filling import FACT, POINT, LetterPart
from desktop.flows.letters.writing_letter import LetterToSend
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty
from desktop.ui.theme import look


class LetterPreview(QFrame):
    """Holds the same words as the PDF, part by part."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("letter/preview")
        side = look().room(28)
        self._box = column(self, gap=look().room(8), margins=(side, side, side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("paper"))
        painter.setPen(look().colour("paper_line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def show_letter(self, letter: LetterToSend) -> None:
        empty(self._box)
        for widget in self._page(letter):
            self._box.addWidget(widget)
        self._box.addStretch(1)

    def _page(self, letter: LetterToSend) -> Iterator[QWidget]:
        text, said = letter.text, letter.said
        to = "\n".join(line for line in (said.to_name or "[To]", *said.to_address.split("\n")) if line)
        yield label(letter.council, "strong", "ink")
        head = label("\n".join((*letter.head, day(letter.sent_on))), "caption", "ink")
        top = label(to, "caption", "ink")
        top.setAlignment(Qt.AlignmentFlag.AlignTop)
        yield beside(top, head, gap=24, stretch=0)
        yield label(text.subject, "strong", "ink", name="letter/preview/subject")
        for part in text.parts:
            yield _part(part)
        yield label(f"{text.closing},", "caption", "ink")
        yield label(f"Signed when you send it. {letter.template.wording}. {text.law}".rstrip(), "caption", "ink")


def _part(part: LetterPart) -> QWidget:
    if part.kind == FACT:
        name = label(part.label, "caption", "ink")
        name.setFixedWidth(look().px(150))
        return beside(name, label(part.words, "caption_strong", "ink"), gap=8, stretch=1)
    words = f"•  {part.words}" if part.kind == POINT else part.words
    return label(words, "caption", "ink")
