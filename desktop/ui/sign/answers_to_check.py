"""Every answer as it stands, section by section, in its voice, each with a way to change it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casework.canonical import JSON
from casework.forms.definition import CAME_FROM, Question, QuestionType, Section
from casework.forms.wording import NOT_PROVIDED, display, row_summary, worded
from desktop.flows.record.editing import OpenRecord
from desktop.flows.record.worked_out import WorkedOut
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import hairline, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.theme import look

KEY_WIDTH = 176
SPOKEN = {QuestionType.NARRATIVE, QuestionType.TEXT}
SILENT = {QuestionType.INK}


class AnswersView(QWidget):
    """`change` names section/question. A record that is only read offers no change."""

    change = Signal(str)

    def __init__(self, record: OpenRecord, known: WorkedOut) -> None:
        super().__init__()
        self._known = known
        self._record, self._child = record, record.child.first_name
        box = column(self)
        for number, section in enumerate(_with_questions(record)):
            if number:
                box.addWidget(hairline())
            box.addWidget(self._section(section))
        box.addStretch(1)

    def _section(self, section: Section) -> QWidget:
        holder = QWidget()
        side = look().room(16)
        box = column(holder, gap=look().room(8), margins=(side, look().room(12), side, look().room(12)))
        head = row(gap=12)
        apart = ", kept apart" if section.voice == "worker" and section.id == "worker_view" else ""
        head.addWidget(label(f"{section.title}{apart}", "strong"), 1)
        if not self._record.read_only:
            link = Link("Change", name=f"change/{section.id}", size="caption")
            link.setAccessibleName(f"Change {section.title}")
            link.clicked.connect(lambda: self.change.emit(section.id))
            head.addWidget(link)
        box.addLayout(head)
        asked = [q for q in section.questions if q.id in self._record.shown and q.type not in SILENT]
        for voice, questions in groupby(asked, key=_voice_of):
            box.addWidget(self._run(voice, list(questions)))
        return holder

    def _run(self, voice: str, questions: Sequence[Question]) -> QWidget:
        holder: QWidget = Panel("voice" if voice == "child" else "view") if voice else QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(*((16, 8, 12, 8) if voice else (0, 0, 0, 0)))
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for number, question in enumerate(questions):
            self._line(grid, number, question, plain=not voice)
        grid.setColumnStretch(1, 1)
        return holder

    def _line(self, grid: QGridLayout, number: int, question: Question, *, plain: bool) -> None:
        name = label(worded(question.short_label or question.label, self._child), "body", "muted" if plain else "")
        words = self._words(question)
        # A link is as wide as its words, and without a side of its own would have the whole column be so.
        side = Qt.AlignmentFlag.AlignLeft if isinstance(words, Link) else Qt.AlignmentFlag(0)
        if look().narrow:
            grid.addWidget(name, number * 2, 0, 1, 2)
            grid.addWidget(words, number * 2 + 1, 0, 1, 2, side)
            return
        name.setFixedWidth(look().px(KEY_WIDTH))
        grid.addWidget(name, number, 0)
        grid.addWidget(words, number, 1, side)

    def _words(self, question: Question) -> QWidget:
        """What is not there is a way to its question."""
        said = self._said(question)
        if said != NOT_PROVIDED or self._record.read_only:
            return label(said, "body", "muted" if said == NOT_PROVIDED else "", name=f"answer/{question.id}")
        link = Link(said, name=f"answer/{question.id}")
        link.setAccessibleName(f"{worded(question.short_label or question.label, self._child)}: not provided")
        section = self._record.definition.section_of[question.id]
        link.clicked.connect(lambda: self.change.emit(f"{section.id}/{question.id}"))
        return link

    def _said(self, question: Question) -> str:
        """Another record by its words, and what is worked out as it stands now."""
        value = self._record.answers.get(question.id)
        if question.links_to and isinstance(value, str):
            return dict(self._known.linked.get(question.links_to, ())).get(value, "A record that is not on this laptop")
        return self._known.computed.get(question.id) or said_of(question, value, self._child)


def said_of(question: Question, value: JSON, child: str) -> str:
    """An answer in words; each row of a group on its own line."""
    if question.is_group and isinstance(value, list) and value:
        return "\n".join(_row_said(question, found, child) for found in value if isinstance(found, dict))
    return display(question, value, child)


def _row_said(question: Question, found: dict[str, JSON], child: str) -> str:
    words, came_from = row_summary(question, found, child), found.get(CAME_FROM)
    return f"{words}. {came_from}" if came_from else words


def _with_questions(record: OpenRecord) -> list[Section]:
    return [s for s in record.definition.sections if any(q.id in record.shown for q in s.questions)]


def _voice_of(question: Question) -> str:
    if question.type is QuestionType.NARRATIVE or (question.type in SPOKEN and question.voice == "child"):
        return question.voice
    return ""
