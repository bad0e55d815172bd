"""One question on screen: its words, what helps to ask it, its editor, its problem, and ways not to answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casework.errors import AnswerError
from casework.forms import check_answer
from casework.forms.definition import Question, QuestionType
from casework.forms.vocabulary import NONE_CODES
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.labels import Icon, OneLine, label
from desktop.ui.kit.basics.layout import Flow, LabelColumn, SideOrBelow, column, row
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.basics.shortcuts import UNDONE_BY_THE_PAGE
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.kit.fields.record_answers import Answers, named
from desktop.ui.kit.fields.registry import editor_for
from desktop.ui.kit.fields.told_line import ToldLine
from desktop.ui.kit.language.second_words import second_words
from desktop.ui.theme import look

LONG_HINT = 60  # letters
LABELS_WIDE, LABELS_WIDE_SMALL = 264, 128
OWN_NONE = {QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.DATE, QuestionType.DATETIME}


class Field(QWidget):
    """Writes what is typed straight into `answers`; shows problems only when told to."""

    answered = Signal(str)
    entered = Signal(object)  # the field whose box took the keyboard

    def __init__(
        self,
        question: Question,
        path: str,
        answers: Answers,
        *,
        small: bool = False,
        nones: bool = True,
        beside: bool | None = None,
    ) -> None:
        """`beside`: whether its words stand before the box where there is room, whatever is usual for such a box."""
        super().__init__()
        self.question, self.path = question, path
        self._answers, self._small = answers, small
        self._words = named(question.label, answers.child)
        self._beside = answers.beside(question)
        self.editor: Editor = editor_for(question, path, answers, small=small)
        self._nones: dict[str, CheckBox] = {}
        self._told: ToldLine | None = None
        self._error, self._problem = QWidget(), label("", "strong", "error", name=f"{path}/problem")
        self._ways: Link | None = None
        self._title = OneLine(self._words, "caption_strong" if small else "strong", "")
        self._lay(nones=nones, beside=beside)
        self.editor.about(named(question.hint, answers.child))
        self.refresh()
        self.editor.edited.connect(self._edited)
        for box in self.editor.inputs():
            box.installEventFilter(self)
            box.setProperty(UNDONE_BY_THE_PAGE, True)

    def refresh(self) -> None:
        """Shows what is kept now: after opening, an undo, or another laptop's change."""
        kept = self._answers.aside(self.path)
        value = self._answers.value(self.path)
        none = value.get("none") if isinstance(value, dict) else None
        under = self._answers.under(self.path) if none in self._nones else None
        if kept is not None:
            self.editor.put_raw(kept.raw)
            self._say_at_once(self.editor.read())
        elif under is not None:
            self.editor.put_raw(under)
        else:
            self.editor.put(value)
        for code, box in self._nones.items():
            box.setChecked(code == none)
        if self._nones:
            self.editor.setEnabled(none not in self._nones)
        self._say_told()

    def show_problem(self, text: str) -> None:
        """Shows the problem over the box and to a screen reader; an empty text takes both away."""
        if not text and not self.problem:
            return
        self._error.setVisible(bool(text))
        self._problem.setText(text)
        self.editor.mark(text)

    @property
    def problem(self) -> str:
        return self._problem.text()

    def take_keyboard(self) -> None:
        """With the caret behind what stands there."""
        box = self.target()
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(box, WordsBox):
            box.moveCursor(QTextCursor.MoveOperation.End)

    def target(self) -> QWidget:
        ticked = [box for box in self._nones.values() if box.isChecked()]
        return ticked[0] if ticked else self.editor.target()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self)
        return False

    def _edited(self) -> None:
        if self.question.is_group:  # each cell of a group puts itself; the group as a whole holds no answer
            self.answered.emit(self.path)
            return
        self._take_none_back()
        found = self._read()
        if found.problem:
            self._answers.set_aside(self.path, self.editor.raw(), found.problem)
            self._say_at_once(found)
        else:
            self._answers.put(self.path, found.value)
        if self.problem and not found.problem:
            self.show_problem("")
        self._say_told()
        self.answered.emit(self.path)

    def _take_none_back(self) -> None:
        """An answer from beside the question’s words, given while a tick stood over the rest."""
        if any(tick.isChecked() for tick in self._nones.values()):
            for tick in self._nones.values():
                tick.setChecked(False)
            self.editor.setEnabled(True)

    def _read(self) -> Read:
        """What the store would refuse is no answer either: a year before anybody was born."""
        found = self.editor.read()
        if found.problem or found.value is None:
            return found
        try:
            check_answer(self.question, found.value)
        except AnswerError as error:
            return Read(problem=str(error))
        return found

    def _say_at_once(self, found: Read) -> None:
        """Said once, not again at every key."""
        if found.at_once:
            new = not self.problem
            self.show_problem(found.problem)
            if new:
                announce(self.editor, found.problem, urgent=True)

    def _say_told(self) -> None:
        if self._told is not None:
            self._told.say(self._answers.value(self.path))

    def _use_told(self) -> None:
        """Takes what another record says, as a person asked for it; asked for again, a time is of that moment."""
        told = self._answers.told(self.path)
        if told is not None:
            self._answers.put(self.path, told.value)
            self.refresh()
            self.show_problem("")
            self.target().setFocus()
            self.answered.emit(self.path)

    def _lay_told(self, box: QVBoxLayout) -> None:
        told = None if self._answers.read_only or self.question.is_group else self._answers.told(self.path)
        if told is not None:
            self._told = ToldLine(told, self.path, self._words)
            self._told.used.connect(self._use_told)
            box.addWidget(self._told)

    def _lay(self, *, nones: bool, beside: bool | None) -> None:
        box = column(self, gap=look().room(6))
        if nones and self.question.type not in OWN_NONE and not self.question.read_only:
            self._nones = {code: self._none(code) for code in self._ways_out()}
        if self.editor.holds_label:
            box.addWidget(self._error_line())
            box.addWidget(self.editor)
            self._lay_second(box)
            self._lay_hint(box)
        elif self._is_beside() if beside is None else beside:
            self._lay_beside(box)
        else:
            self._lay_under(box)
        self._lay_ways(box)
        self._lay_told(box)

    def _is_beside(self) -> bool:
        return self.editor.beside_label and not self._small and not self._nones

    def _lay_beside(self, box: QVBoxLayout) -> None:
        """A long hint stands under the line, where it takes less room than in the column of the words."""
        is_long = len(self.question.hint) > LONG_HINT
        self._ways = self._ways_link()
        holder, words = QWidget(), self._label_and_hint(hint=not is_long)
        wide = look().px(LABELS_WIDE_SMALL if self._small else LABELS_WIDE)
        pair = LabelColumn(holder, wide=wide, is_filling=self.editor.fills_line or self._small)
        if self._ways is not None:
            self.say_beside(self._ways)
        pair.addWidget(words)
        pair.addWidget(self.editor)
        box.addWidget(self._error_line())
        box.addWidget(holder)
        if is_long:
            self._lay_hint(box)

    def _lay_under(self, box: QVBoxLayout) -> None:
        """Beside its words, at the right: ways to ask, what adds to it, and ways not to answer."""
        self._ways = self._ways_link()
        aside = [part for part in (self._ways, self.editor.head, *self._nones.values()) if part is not None]
        box.addWidget(self._with_aside(self._label_and_hint(), aside) if aside else self._label_and_hint())
        box.addWidget(self._error_line())
        box.addWidget(self.editor)

    def _with_aside(self, words: QWidget, aside: Sequence[QWidget]) -> QWidget:
        holder = QWidget()
        pair = SideOrBelow(holder, is_top=True)
        pair.addWidget(words)
        pair.addWidget(aside[0] if len(aside) == 1 else _flowing(aside))
        return holder

    def say_beside(self, words: QWidget) -> None:
        """On the line of the question’s words."""
        holder = self._title.parentWidget()
        inside = holder.layout() if holder is not None else None
        if not isinstance(inside, QVBoxLayout):
            return
        line = QWidget()
        flow = Flow(line, gap=16)
        flow.addWidget(self._title)
        flow.addWidget(words)
        inside.insertWidget(0, line)

    def _label_and_hint(self, *, hint: bool = True) -> QWidget:
        holder = QWidget()
        words = column(holder, gap=2)
        self._title.setBuddy(self.editor.inputs()[0] if self.editor.inputs() else self.editor)
        words.addWidget(self._title)
        self._lay_second(words)
        if hint:
            self._lay_hint(words)
        return holder

    def _lay_second(self, box: QVBoxLayout) -> None:
        """The question in the family’s language."""
        kind = "caption_strong" if self._small else "strong"
        if (second := second_words(self._beside, self.question.label, kind, name=f"{self.path}/beside")) is not None:
            box.addWidget(second)

    def _lay_hint(self, box: QVBoxLayout) -> None:
        """One that is read out has its second words as well."""
        if self.question.hint:
            box.addWidget(label(named(self.question.hint, self._answers.child), "caption", "muted"))
            if (hint := second_words(self._beside, self.question.hint, name=f"{self.path}/beside/hint")) is not None:
                box.addWidget(hint)

    def _error_line(self) -> QWidget:
        line = row(self._error, gap=6)
        line.addWidget(Icon("triangle-alert", "error", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._problem, 1)
        self._error.setVisible(False)
        return self._error

    def _ways_link(self) -> Link | None:
        if not self.question.ways_to_ask:
            return None
        link = Link("Ways to ask", name=f"{self.path}/ways", size="caption")
        link.setAccessibleDescription(self._words)
        link.setCheckable(True)
        return link

    def _lay_ways(self, box: QVBoxLayout) -> None:
        """Prompts stay closed until asked for, so that the page is not read out at a child."""
        link = self._ways or self._ways_link()
        if link is None:
            return
        if self._ways is None:
            box.addWidget(link)
        text = "\n".join(f"•  {line}" for way in self.question.ways_to_ask for line in self._in_both(way))
        list_of_ways = label(text, "caption", "muted", name=f"{self.path}/ways/list")
        list_of_ways.setVisible(False)
        box.insertWidget(1, list_of_ways)
        link.clicked.connect(lambda on: _open_ways(list_of_ways, link, on=on))

    def _in_both(self, words: str) -> list[str]:
        second = self._beside.says(words) if self._beside is not None else ""
        return [line for line in (named(words, self._answers.child), second) if line]

    def _ways_out(self) -> list[str]:
        """What an option of the question’s own says already is said once."""
        return [code for code in self.question.none_allowed if self.question.option(code) is None]

    def _none(self, code: str) -> CheckBox:
        tick = CheckBox(NONE_CODES[code], name=f"{self.path}/none/{code}", caption=True)
        tick.setAccessibleDescription(self._words)
        tick.clicked.connect(lambda on: self._chose_none(code, on=on))
        return tick

    def _chose_none(self, code: str, *, on: bool) -> None:
        """Words typed before stay in their box, and come back if the tick is taken away."""
        for other, box in self._nones.items():
            box.setChecked(on and other == code)
        self.editor.setEnabled(not on)
        if on:
            self._answers.put(self.path, {"none": code})
            if not self.question.is_group:
                self._answers.lay_under(self.path, self.editor.raw())
        elif self.question.is_group:
            self._answers.put(self.path, None)
        else:
            self._edited()
        self._say_told()
        self.show_problem("")
        self.answered.emit(self.path)


def _flowing(parts: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    flow = Flow(holder, gap=16)
    for part in parts:
        flow.addWidget(part)
    return holder


def _open_ways(ways: QLabel, link: QWidget, *, on: bool) -> None:
    ways.setVisible(on)
    if on:
        announce(link, ways.text())
