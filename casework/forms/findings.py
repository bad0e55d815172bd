"""What is missing, contradictory or worth another look. Findings help; none of them stops saving."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.errors import AnswerError
from casework.forms.answers import check_answer, check_file
from casework.forms.conditions import codes, is_answered, is_none, says
from casework.forms.definition import Check, Definition, Question, QuestionType
from casework.forms.filled import NOTHING_KNOWN, Answers, Context, Filled, Row
from casework.forms.wording import option_label, worded

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_WRITTEN = frozenset({QuestionType.TEXT, QuestionType.NARRATIVE})
_ASK = {
    QuestionType.CHOICE: "Choose an answer to",
    QuestionType.CHOICES: "Choose at least one answer to",
    QuestionType.YES_NO: "Choose yes or no for",
    QuestionType.DATE: "Enter the date for",
    QuestionType.DATETIME: "Enter the date and time for",
    QuestionType.NUMBER: "Enter the number for",
    QuestionType.ROWS: "Add at least one entry to",
    QuestionType.ATTACHMENTS: "Add at least one file to",
    QuestionType.CONSENT: "Add at least one person or team to",
    QuestionType.INK: "Sign, or type the name, for",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, where it is, and whether a signature must wait for it."""

    question_id: str
    row_id: str | None
    kind: str
    text: str
    blocks_signing: bool
    source: str
    column_id: str = ""
    section_id: str = ""


def findings(definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Every finding, in reading order."""
    return found_in(Filled(definition, answers, context))


def found_in(filled: Filled) -> tuple[Finding, ...]:
    """Every finding of a form already laid out, in reading order."""
    found: list[Finding] = []
    for section in filled.definition.sections:
        visible = [question for question in section.questions if question.id in filled.shown]
        for question in section.questions:
            if question.id in filled.shown:
                found += _Finder(filled, section.id, question).all()
            elif is_answered(filled.answers.get(question.id)):
                found.append(_kept(question, section.id, filled.context.child))
        if visible:
            found += _Finder(filled, section.id, visible[0]).checks(section.checks)
    return tuple(found)


def said_once(*found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of several who looked, each leaves out what is missing, or forbidden, where one before it asked for an answer."""
    said: list[Finding] = []
    for one in found:
        asked = {_place(finding) for finding in said if finding.blocks_signing}
        said += [finding for finding in one if not (finding.blocks_signing and _place(finding) in asked)]
    return tuple(said)


def _place(finding: Finding) -> tuple[str, str | None, str]:
    return finding.question_id, finding.row_id, finding.column_id


def _kept(question: Question, section_id: str, child: str) -> Finding:
    text = f"“{worded(question.label, child)}” no longer applies. Its answer is kept here, but is not printed or sent."
    return Finding(question.id, None, "warning", text, False, "architecture 2", section_id=section_id)


class _Finder:
    """Looks at one question, or one column in one row of it."""

    def __init__(
        self, filled: Filled, section_id: str, question: Question, group: Question | None = None, row: Row | None = None
    ) -> None:
        self.filled, self.section_id, self.question = filled, section_id, question
        self.group, self.row = group, row
        self.child = filled.context.child
        holder = filled.answers if row is None else row
        self.value = holder.get(question.id)

    def _finding(self, kind: str, text: str, *, blocks: bool, source: str = "") -> Finding:
        return Finding(
            question_id=self.group.id if self.group else self.question.id,
            row_id=str(self.row["id"]) if self.row is not None and "id" in self.row else None,
            kind=kind,
            text=worded(text, self.child),
            blocks_signing=blocks,
            source=source or self.question.source,
            column_id=self.question.id if self.group else "",
            section_id=self.section_id,
        )

    def all(self) -> Iterator[Finding]:
        """Missing, unfit, contradictory, and words to think twice about."""
        yield from self._missing()
        if self.question.is_group:
            yield from self._rows()
        elif is_answered(self.value):
            yield from self._unfit()
            yield from self._alone()
            yield from self._wording()
        yield from self.checks(self.question.checks)

    def checks(self, checks: tuple[Check, ...]) -> Iterator[Finding]:
        """Each declared check that holds."""
        for check in checks:
            if self.filled.holds(check.when, self.row):
                yield self._finding(check.kind, check.say, blocks=check.blocks_signing, source=check.source)

    def _missing(self) -> Iterator[Finding]:
        question = self.question
        if question.is_group:
            answered = len(self.filled.rows(question.id)) >= max(1, question.at_least)
        else:
            answered = is_answered(self.value)
        if not answered and self.filled.holds(question.required_when, self.row):
            yield self._finding("missing", self._ask(), blocks=True)

    def _ask(self) -> str:
        """In the words written for it, else in general ones."""
        question, group = self.question, self.group
        words = f"{group.label}: {question.label}" if group is not None else question.label
        general = f"{_ASK.get(question.type, 'Write an answer to')} “{question.label}”."
        return self.filled.context.asks.get(words, general)

    def _rows(self) -> Iterator[Finding]:
        group = self.question
        for row in self.filled.rows(group.id):
            if group.type is QuestionType.ATTACHMENTS:
                yield from _Finder(self.filled, self.section_id, group, group, row).file()
            for column in self.filled.columns(group, row):
                yield from _Finder(self.filled, self.section_id, column, group, row).all()

    def file(self) -> Iterator[Finding]:
        """A row of attachments without its file."""
        value = self.row.get("file") if self.row is not None else None
        try:
            check_file(value)
        except AnswerError:
            text = f"Choose the file for “{self.question.label}”, or remove this entry."
            yield self._finding("missing", text, blocks=True)

    def _unfit(self) -> Iterator[Finding]:
        try:
            check_answer(self.question, self.value)
        except AnswerError as error:
            yield self._finding("contradiction", f"{error} Choose again.", blocks=True)

    def _alone(self) -> Iterator[Finding]:
        chosen = codes(self.value)
        for code in self.question.alone:
            if code in chosen and len(chosen) > 1:
                label = option_label(self.question, code, self.child)
                text = f"“{label}” stands beside other answers to “{self.question.label}”. Keep one or the other."
                yield self._finding("contradiction", text, blocks=True)

    def _wording(self) -> Iterator[Finding]:
        """Blaming words in the worker’s own writing; the child’s words, and words in quotation marks, are exempt."""
        if self.question.type not in _WRITTEN or self.question.voice == "child" or is_none(self.value):
            return
        own = _QUOTED.sub(" ", str(self.value))
        for prompt in self.filled.definition.wording:
            if says(own, prompt.word):
                yield self._finding("wording", f"“{prompt.word}”: {prompt.say}", blocks=False, source=prompt.source)
