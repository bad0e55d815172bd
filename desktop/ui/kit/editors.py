"""Which editor answers which kind of question: the only place where the two meet."""

from __future__ import annotations

from casework.forms.definition import Question, QuestionType
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from desktop.ui.kit.fields.choice_editors import ManyOf, OneOf, YesNo
from desktop.ui.kit.fields.computed_field import ComputedEditor
from desktop.ui.kit.fields.consent_grid import ConsentEditor
from desktop.ui.kit.fields.dates import DateEditor, MomentEditor
from desktop.ui.kit.fields.editor import Editor, NarrativeEditor, NumberEditor, TextEditor
from desktop.ui.kit.fields.ink_pad import InkEditor
from desktop.ui.kit.fields.link import LinkEditor
from desktop.ui.kit.fields.record_answers import Answers
from desktop.ui.kit.fields.registry import EDITORS
from desktop.ui.kit.fields.rows import RowsEditor
from desktop.ui.kit.fields.tick_later import TickEditor, is_statement
from desktop.ui.kit.samples.samples_editor import SamplesEditor

LONG = 1_000  # letters from which one line is too narrow


def _yes_no(question: Question, path: str, words: str, answers: Answers, *, small: bool) -> Editor:
    if is_statement(question):
        return TickEditor(question, path, words)
    kept, beside = answers.value(path), answers.beside(question)
    return YesNo(question, path, words, answers.child, kept=kept, small=small, beside=beside)


def _text(question: Question, path: str, words: str, answers: Answers) -> Editor:
    """Room for as many words as the question takes; another record is chosen, never typed."""
    if question.links_to:
        return LinkEditor(question, path, words, answers)
    return (NarrativeEditor if question.longest >= LONG else TextEditor)(question, path, words)


def _files(question: Question, path: str, answers: Answers) -> Editor:
    """Where names may have to be hidden, a picture is worked on before it is kept."""
    if question.column("hide_names") is not None:
        return SamplesEditor(question, path, answers, answers.pictures)
    return AttachmentsEditor(question, path, answers)


EDITORS.update(
    {
        QuestionType.TEXT: lambda q, path, words, answers, _small: _text(q, path, words, answers),
        QuestionType.NARRATIVE: lambda q, path, words, _answers, _small: NarrativeEditor(q, path, words),
        QuestionType.YES_NO: lambda q, path, words, answers, small: _yes_no(q, path, words, answers, small=small),
        QuestionType.CHOICE: lambda q, path, words, answers, small: OneOf(
            q, path, words, answers.child, kept=answers.value(path), small=small, beside=answers.beside(q)
        ),
        QuestionType.CHOICES: lambda q, path, words, answers, _small: ManyOf(
            q, path, words, answers.child, kept=answers.value(path), beside=answers.beside(q)
        ),
        QuestionType.DATE: lambda q, path, words, answers, _small: DateEditor(q, path, words, answers.now),
        QuestionType.DATETIME: lambda q, path, words, answers, _small: MomentEditor(q, path, words, answers.now),
        QuestionType.NUMBER: lambda q, path, words, _answers, _small: NumberEditor(q, path, words),
        QuestionType.ROWS: lambda q, path, _words, answers, _small: RowsEditor(q, path, answers),
        QuestionType.ATTACHMENTS: lambda q, path, _words, answers, _small: _files(q, path, answers),
        QuestionType.INK: lambda q, path, words, _answers, _small: InkEditor(q, path, words),
        QuestionType.CONSENT: lambda q, path, _words, answers, _small: ConsentEditor(q, path, answers),
        QuestionType.COMPUTED: lambda _q, path, _words, _answers, _small: ComputedEditor(path),
    }
)
