"""One section as a page: its heading, its questions in their voices, and what hides and shows as answers come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casework.forms.definition import Question, QuestionType, Section
from casework.practice.languages.family_words import FOUR_FORMS, LANGUAGE
from casework.records import field_path
from desktop.ui.form.meeting_times import FINISHES, MeetingTimes
from desktop.ui.form.offered import OfferedPanel
from desktop.ui.form.session import Session
from desktop.ui.form.signature_inks import signature_inks
from desktop.ui.kit.basics.labels import Icon, OneLine, label
from desktop.ui.kit.basics.layout import Flow, SideOrBelow, column, row
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.record_answers import named
from desktop.ui.kit.fields.tick_later import TickEditor, is_statement
from desktop.ui.kit.language.second_words import in_language, second_words
from desktop.ui.spelling.spell_watch import VOICE
from desktop.ui.theme import look

SPOKEN = {QuestionType.NARRATIVE, QuestionType.TEXT, QuestionType.INK, QuestionType.ATTACHMENTS}
WRITTEN = {QuestionType.NARRATIVE}


class SectionPage(QWidget):
    """Warm panels hold what the child says and cool ones what the worker thinks; they never share one."""

    answered = Signal()

    def __init__(self, section: Section, session: Session) -> None:
        super().__init__()
        self.section, self._session = section, session
        self.fields: dict[str, Field] = {}
        self._panels: list[tuple[QWidget, list[str]]] = []
        self._offered: dict[str, OfferedPanel] = {}
        self._times: dict[str, MeetingTimes] = {}  # by the question that ends them
        self._hint_used = False
        self._box = column(self, gap=look().room(12))
        self.language_shown = session.second_language
        self._language = label("", "caption", "muted", name="section/language")
        closing = {question.id for question in signature_inks(session.record.definition)}
        rest = [question for question in self._lay_head() if question.id not in closing]
        for voice, questions in _runs(rest):
            self._lay_run(voice, questions)
        self._kept = label("", "caption", "muted", name="section/kept")
        self._box.addWidget(self._kept)
        session.refused.connect(self._say_refused)
        self.show_what_applies()

    def show_what_applies(self) -> None:
        """Shows the questions that the answers so far make it right to ask, and says what was put away."""
        shown = self._session.shown
        held = self._held()
        for field in self.fields.values():
            if field.question.type is QuestionType.COMPUTED:
                field.refresh()
        for name, field in self.fields.items():
            field.setVisible(name in shown and name not in held)
        for name, offered in self._offered.items():
            offered.setVisible(name in shown and offered.has_any)
        for panel, names in self._panels:
            panel.setVisible(any(name in shown for name in names))
        standing = self._session.standing_of_language()
        self._language.setText(standing)
        self._language.setVisible(bool(standing) and LANGUAGE in self.fields and LANGUAGE in shown)
        kept = [q for q in self.section.questions if q.id not in shown and self._is_answered(q)]
        words = "; ".join(named(q.short_label or q.label, self._session.child) for q in kept)
        self._kept.setText(f"No longer asked, and not printed or sent, but kept here: {words}." if kept else "")
        self._kept.setVisible(bool(kept))

    def visible_fields(self) -> list[Field]:
        held = self._held()
        return [field for name, field in self.fields.items() if name in self._session.shown and name not in held]

    def holder_of(self, question: str) -> Field | None:
        """The question's own field, or the one whose editor answers it as well."""
        own = [field for field in self.fields.values() if question in field.editor.answers_too]
        return next(iter(own), self.fields.get(question))

    def _held(self) -> set[str]:
        """Questions that another question's editor answers."""
        return {name for field in self.fields.values() for name in field.editor.answers_too}

    def refresh_group(self, group: str) -> None:
        if group in self.fields:
            self.fields[group].refresh()

    def _say_refused(self, path: str, why: str) -> None:
        """The store did not take it: said at the question itself, in a row or out of one."""
        for field in self.findChildren(Field):
            if field.path == path:
                field.show_problem(why)

    def _lay_head(self) -> Sequence[Question]:
        """The title, and beside it the one thing that can be ticked for the whole section."""
        questions = self._lay_title()
        self._lay_second_language()
        return questions

    def _lay_second_language(self) -> None:
        """What stands wherever a draft does: that nobody qualified has checked it, in English and in the language."""
        beside = self.language_shown
        if beside is None or not any(self._session.beside(question) for question in self.section.questions):
            return
        holder = QWidget()
        lines = column(holder, gap=4)
        if (title := second_words(beside, self.section.title, "strong", name="section/title/beside")) is not None:
            lines.addWidget(title)
        lines.addWidget(label(beside.notice, "caption", "muted", name="section/draft"))
        if beside.own_notice:
            own = in_language(beside, beside.own_notice, "caption", "muted", name="section/draft/beside")
            lines.addWidget(own)
        self._box.addWidget(holder)

    def _lay_title(self) -> Sequence[Question]:
        title = label(f"{self.section.number} {self.section.title}", "section", name="section/title")
        first = self.section.questions[0]
        if not is_statement(first):
            self._box.addWidget(self._with_hint(title))
            return self.section.questions
        holder = QWidget()
        pair = SideOrBelow(holder)
        pair.addWidget(title)
        pair.addWidget(self._field(first))
        self._box.addWidget(holder)
        if hint := self._hint(voice=""):
            self._box.addWidget(OneLine(hint))
        return self.section.questions[1:]

    def _with_hint(self, title: QWidget) -> QWidget:
        """On one line where there is room; a wide screen has more of that across than down."""
        hint = self._hint(voice="")
        if not hint:
            return title
        holder = QWidget()
        flow = Flow(holder, gap=16)
        flow.addWidget(title)
        flow.addWidget(OneLine(hint))
        return holder

    def _hint(self, *, voice: str) -> str:
        """In a section with a warm panel the hint stands in it, as it is about those words; once."""
        spoken = self.section.voice == "child" and any(_voice_of(q) == "child" for q in self.section.questions)
        if self._hint_used or spoken != (voice == "child"):
            return ""
        self._hint_used = True
        return named(self.section.hint, self._session.child)

    def _lay_run(self, voice: str, questions: Sequence[Question]) -> None:
        if not voice:
            for question in questions:
                self._place(self._box, question)
            return
        panel = Panel("voice" if voice == "child" else "view")
        panel.setProperty(VOICE, voice)
        box = column(panel, gap=look().room(12), margins=(20, look().room(10), 16, look().room(12)))
        box.addWidget(self._voice_head(voice))
        for question in questions:
            self._place(box, question)
        self._panels.append((panel, [question.id for question in questions]))
        self._box.addWidget(panel)

    def _voice_head(self, voice: str) -> QWidget:
        child = self._session.child
        holder = QWidget()
        line = row(holder, gap=10)
        line.addWidget(Icon("quote", "voice_edge") if voice == "child" else Icon("user-round", "view_edge"))
        words = QWidget()
        flow = Flow(words, gap=12)
        flow.addWidget(
            label(f"{child or 'The child'}’s words" if voice == "child" else "Worker’s view", "strong", wrap=False)
        )
        if hint := self._hint(voice=voice):
            flow.addWidget(OneLine(hint))
        line.addWidget(words, 1)
        return holder

    def _place(self, box: QVBoxLayout, question: Question) -> None:
        """The question, under what other records offer to it."""
        ids = {one.id for one in self.section.questions}
        times = self._times.get(question.id)
        is_first = FINISHES.get(question.id) in ids
        field = self._field(question, beside=False if is_first or times is not None else None)
        if times is not None:
            times.finish(field)
            return
        if self._session.offered(question.id):
            panel = OfferedPanel(question.id, self._session)
            panel.taken.connect(field.refresh)
            panel.taken.connect(self.answered)
            self._offered[question.id] = panel
            box.addWidget(panel)
        if is_first:
            self._times[FINISHES[question.id]] = MeetingTimes(field)
        box.addWidget(self._times[FINISHES[question.id]] if is_first else field)
        if question.id == LANGUAGE and self._session.record.definition.id in FOUR_FORMS:
            box.addWidget(self._language)

    def _field(self, question: Question, *, beside: bool | None = None) -> Field:
        """Where one tick answers for a whole page, its questions do not each offer the same."""
        nones = not self._one_tick_for_all(question)
        field = Field(question, field_path(question.id), self._session, nones=nones, beside=beside)
        field.answered.connect(lambda _path: self.answered.emit())
        if isinstance(field.editor, TickEditor):
            field.setMaximumWidth(field.sizeHint().width())
        self.fields[question.id] = field
        return field

    def _one_tick_for_all(self, question: Question) -> bool:
        return is_statement(self.section.questions[0]) and _voice_of(question) == "child"

    def _is_answered(self, question: Question) -> bool:
        if question.is_group:
            return any(not row.removed for row in self._session.rows(question.id))
        return self._session.value(field_path(question.id)) not in (None, "", [])


def _voice_of(question: Question) -> str:
    """The voice of a panel this question stands in; choices and dates stand outside panels."""
    kinds = {"child": SPOKEN, "worker": WRITTEN}.get(question.voice, set())
    return question.voice if question.type in kinds and not question.read_only else ""


def _runs(questions: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    """Neighbours in one voice share a panel."""
    runs: list[tuple[str, list[Question]]] = []
    for question in questions:
        voice = _voice_of(question)
        if runs and runs[-1][0] == voice:
            runs[-1][1].append(question)
        else:
            runs.append((voice, [question]))
    return runs
