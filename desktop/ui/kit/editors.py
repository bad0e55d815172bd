"""Which editor answers which kind of question: the only place where the two meet."""

from __future__ import annotations

from casework.forms.definition import QuestionType
from desktop.ui.kit.attachments import AttachmentsEditor
from desktop.ui.kit.choosing import ManyOf, OneOf, YesNo
from desktop.ui.kit.computed import ComputedEditor
from desktop.ui.kit.consent import ConsentEditor
from desktop.ui.kit.dates import DateEditor, MomentEditor
from desktop.ui.kit.editor import NarrativeEditor, NumberEditor, TextEditor
from desktop.ui.kit.ink import InkEditor
from desktop.ui.kit.registry import EDITORS
from desktop.ui.kit.rows import RowsEditor

EDITORS.update({
    QuestionType.TEXT: lambda q, path, words, _answers, _small: TextEditor(q, path, words),
    QuestionType.NARRATIVE: lambda q, path, words, _answers, _small: NarrativeEditor(q, path, words),
    QuestionType.YES_NO: lambda q, path, words, _answers, small: YesNo(q, path, words, small=small),
    QuestionType.CHOICE: lambda q, path, words, _answers, small: OneOf(q, path, words, small=small),
    QuestionType.CHOICES: lambda q, path, words, answers, _small: ManyOf(q, path, words, answers.child),
    QuestionType.DATE: lambda q, path, words, _answers, _small: DateEditor(q, path, words),
    QuestionType.DATETIME: lambda q, path, words, _answers, _small: MomentEditor(q, path, words),
    QuestionType.NUMBER: lambda q, path, words, _answers, _small: NumberEditor(q, path, words),
    QuestionType.ROWS: lambda q, path, _words, answers, _small: RowsEditor(q, path, answers),
    QuestionType.ATTACHMENTS: lambda q, path, _words, answers, _small: AttachmentsEditor(q, path, answers),
    QuestionType.INK: lambda q, path, words, _answers, _small: InkEditor(q, path, words),
    QuestionType.CONSENT: lambda q, path, _words, answers, _small: ConsentEditor(q, path, answers),
    QuestionType.COMPUTED: lambda q, path, _words, _answers, _small: ComputedEditor(q, path),
})
