"""Editors for yes or no, one of a list, and many of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Option, Question
from casework.forms.questions import THIS_FORM
from casework.forms.vocabulary import NONE_CODES, SAID_BY
from casework.practice.languages.beside_english import SecondLanguage
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import hairline, label
from desktop.ui.kit.basics.layout import Columns, Flow, SideOrBelow, column, stacked
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.record_answers import named
from desktop.ui.kit.language.second_words import answer_in_language
from desktop.ui.theme import look

MOST_SEGMENTS = 5
LONGEST_SEGMENTS = 64  # letters in all: more would never fit on one line beside anything
NONE = "none:"
MOST_COLUMNS = 3
WHO_WIDTH = 720  # further apart an option and who said it are not read as one line


class OneOf(Editor):
    """Segments for up to five answers, a drop-down for more. “Not known” and its kin are answers too."""

    beside_label = True

    def __init__(
        self,
        question: Question,
        name: str,
        words: str,
        child: str,
        *,
        kept: JSON = None,
        small: bool = False,
        beside: SecondLanguage | None = None,
    ) -> None:
        super().__init__()
        options = [*_choices(question, child, kept), *_none_choices(question)]
        self._pick: Segments | DropDown = (
            Segments(options, name=name, label=words, small=small)
            if _fits_segments(options)
            else DropDown(options, name=name, label=words)
        )
        self._options = dict(options)
        hints = _hints(question, child, kept, beside)
        self._pick.hint(hints)
        if isinstance(self._pick, Segments):
            self._pick.chosen.connect(lambda _code: self.edited.emit())
        else:
            self._pick.activated.connect(lambda _index: self.edited.emit())
        self._pick.setEnabled(not question.read_only)
        box = column(self, gap=4)
        box.addWidget(self._pick)
        if hints and isinstance(self._pick, Segments):  # a list shows each beside its answer when it opens
            lines = [f"{self._options[code]}: {hint}" for code, hint in hints.items()]
            box.addWidget(label("\n".join(lines), "caption", "muted", name=f"{name}/hints"))
        self.beside_label = not hints or isinstance(self._pick, DropDown)

    def read(self) -> Read:
        code = self._pick.code()
        if code is not None and code.startswith(NONE):
            return Read({"none": code.removeprefix(NONE)})
        return Read(self._value(code))

    def put(self, value: JSON) -> None:
        none = value.get("none") if isinstance(value, dict) else None
        self._pick.put(f"{NONE}{none}" if none else self._code(value))

    def target(self) -> QWidget:
        return self._pick.target() if isinstance(self._pick, Segments) else self._pick

    def inputs(self) -> list[QWidget]:
        return list(self._pick.segments) if isinstance(self._pick, Segments) else [self._pick]

    def _value(self, code: str | None) -> JSON:
        return code

    def _code(self, value: JSON) -> str | None:
        return value if isinstance(value, str) else None


class YesNo(OneOf):
    """One of two whose value is true or false, so that a code is never kept for it."""

    def _value(self, code: str | None) -> JSON:
        return None if code is None else code == "yes"

    def _code(self, value: JSON) -> str | None:
        return {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None


class ManyOf(Editor):
    """Boxes to tick, in columns where there is room. An option that says what a way not to answer says stands in its
    place, beside the question’s words."""

    def __init__(
        self,
        question: Question,
        name: str,
        words: str,
        child: str,
        *,
        kept: JSON = None,
        beside: SecondLanguage | None = None,
    ) -> None:
        super().__init__()
        self._question, self._name, self._child = question, name, child
        self._boxes = {
            o.code: _Choice(question, o, name, words, child, beside=beside) for o in _offered(question, kept)
        }
        for code, box in self._boxes.items():
            box.check.clicked.connect(lambda _on=False, code=code: self._changed(code))
        no_answers = [box for code, box in self._boxes.items() if code in question.none_allowed]
        self.head = stacked(*(box.widget for box in no_answers)) if no_answers else None
        listed = [box for box in self._boxes.values() if box not in no_answers]
        self._who = _WhoSaid(question, name, child, (listed or no_answers)[-1].check)
        self._who.edited.connect(self.edited)
        whole = column(self, gap=look().room(8))
        whole.addWidget(self._in_columns(listed))
        whole.addWidget(self._who)

    def read(self) -> Read:
        chosen = [self._value(code) for code, box in self._boxes.items() if box.check.isChecked()]
        return Read(chosen or None)

    def put(self, value: JSON) -> None:
        found = {_code_of(item): item for item in value} if isinstance(value, list) else {}
        if isinstance(value, dict) and (none := str(value.get("none"))) in self._boxes:
            found = {none: none}  # as it was said when both stood here
        for code, box in self._boxes.items():
            box.check.setChecked(code in found)
            self._who.put(code, found.get(code))

    def inputs(self) -> list[QWidget]:
        return [box.check for box in self._boxes.values()]

    def target(self) -> QWidget:
        """The first of the list, rather than what stands in for no answer."""
        listed = [box.check for code, box in self._boxes.items() if code not in self._question.none_allowed]
        return listed[0] if listed else self.inputs()[0]

    def _in_columns(self, boxes: Sequence[_Choice]) -> QWidget:
        holder = QWidget()
        columns = Columns(holder, below=look().room(4), least=look().px(200))
        columns.most = 1 if look().narrow else MOST_COLUMNS
        for box in boxes:
            columns.addWidget(box.widget)
        return holder

    def _value(self, code: str) -> JSON:
        return {"code": code, "said_by": self._who.said(code)} if self._question.voices else code

    def _changed(self, code: str) -> None:
        """An answer that stands alone (“none of these”) takes the others away, and they take it. What a child is asked,
        a child usually says; the worker changes it where that is not so."""
        is_on = self._boxes[code].check.isChecked()
        self._who.put(code, {"said_by": [next(iter(SAID_BY))]} if is_on else None)
        if is_on:
            alone = set(self._question.alone)
            clash = set(self._boxes) - {code} if code in alone else alone - {code}
            for other in clash & set(self._boxes):
                self._boxes[other].check.setChecked(False)
                self._who.put(other, None)
        self.edited.emit()


class _Choice:
    """One box of many, and with it, where there is any, what helps to choose it."""

    def __init__(
        self, question: Question, option: Option, name: str, words: str, child: str, *, beside: SecondLanguage | None
    ) -> None:
        self.check = CheckBox(named(option.label, child), name=f"{name}/{option.code}")
        hint = _shown_hint(question, option, child)
        self.check.setProperty("own", f"{words}. {hint}" if hint else words)
        self.check.setEnabled(not question.read_only)
        lines = (
            answer_in_language(beside, option.label, name=f"{name}/{option.code}/beside"),
            label(hint, "caption", "muted", name=f"{name}/{option.code}/hint") if hint else None,
        )
        shown = [_set_in(line) for line in lines if line is not None]
        self.widget: QWidget = stacked(self.check, *shown, gap=2) if shown else self.check


def _set_in(line: QWidget) -> QWidget:
    under = stacked(line)
    under.setContentsMargins(look().px(22) + 8, 0, 0, 4)
    return under


class _WhoSaid(QWidget):
    """Under the boxes, a line for each that is ticked: who said so. `after`: the box behind which Tab comes here."""

    edited = Signal()

    def __init__(self, question: Question, name: str, child: str, after: QWidget) -> None:
        super().__init__()
        self._question, self._name, self._child, self._after = question, name, child, after
        self._lines: dict[str, QWidget] = {}
        self._said: dict[str, dict[str, CheckBox]] = {}
        self._box = column(self, gap=look().room(6))
        self._box.addWidget(hairline())
        self.setMaximumWidth(look().px(WHO_WIDTH))
        self.hide()

    def said(self, code: str) -> list[JSON]:
        return [who for who, tick in self._said.get(code, {}).items() if tick.isChecked()]

    def put(self, code: str, value: JSON) -> None:
        """What is kept of one option; None where it is not ticked."""
        if not self._question.voices or (value is None and code not in self._lines):
            return
        if code not in self._lines:
            self._add(code)
        who = value.get("said_by") if isinstance(value, dict) else None
        for name, tick in self._said[code].items():
            tick.setChecked(isinstance(who, list) and name in who)
        self._lines[code].setVisible(value is not None)
        self.setVisible(any(not line.isHidden() for line in self._lines.values()))

    def _add(self, code: str) -> None:
        """Made for the first tick: of twenty answers a child gives two. In the order of the options, by Tab as well."""
        option = self._question.option(code)
        words = named(option.label if option is not None else code, self._child)
        line, ticks = QWidget(), QWidget()
        pair, flow = SideOrBelow(line), Flow(ticks, gap=16)
        self._said[code] = {who: self._tick(code, who, said, words) for who, said in SAID_BY.items()}
        for tick in self._said[code].values():
            flow.addWidget(tick)
        pair.addWidget(label(words, "strong", name=f"{self._name}/{code}/said"))
        pair.addWidget(ticks)
        order = [option.code for option in self._question.options]
        before = sorted((one for one in self._lines if order.index(one) < order.index(code)), key=order.index)
        self._box.insertWidget(1 + len(before), line)
        self._lines[code] = line
        last = [*self._said[before[-1]].values()][-1] if before else self._after
        for tick in self._said[code].values():
            QWidget.setTabOrder(last, tick)
            last = tick

    def _tick(self, code: str, who: str, said: str, words: str) -> CheckBox:
        tick = CheckBox(_sentence(named(said, self._child)), name=f"{self._name}/{code}/{who}", caption=True)
        tick.setAccessibleDescription(words)
        tick.clicked.connect(lambda _on: self.edited.emit())
        return tick


def _offered(question: Question, kept: JSON) -> list[Option]:
    """Every option in use, and a retired one only where this record already has it."""
    items = kept if isinstance(kept, list) else [kept]
    held = {_code_of(item) for item in items if item is not None}
    return [option for option in question.options if not option.retired or option.code in held]


def _hints(question: Question, child: str, kept: JSON, beside: SecondLanguage | None) -> dict[str, str]:
    """What helps to choose, by code, after the answer in the family’s language; nothing where there is neither."""
    every = {option.code: _shown_hint(question, option, child) for option in _offered(question, kept)}
    if beside is not None and beside.says(question.label):
        labels = {option.code: option.label for option in _offered(question, kept)} or {"yes": "Yes", "no": "No"}
        second = {code: beside.says(words) for code, words in labels.items()}
        every = {code: ". ".join(part for part in (second[code], every.get(code, "")) if part) for code in labels}
    return {code: hint for code, hint in every.items() if hint}


def _shown_hint(question: Question, option: Option, child: str) -> str:
    """Of a form’s own parts the hint is their section, which stands in the list above them already."""
    return "" if question.list_name == THIS_FORM else named(option.hint, child)


def _choices(question: Question, child: str, kept: JSON) -> list[tuple[str, str]]:
    if not question.options:
        return [("yes", "Yes"), ("no", "No")]
    return [(option.code, named(option.label, child)) for option in _offered(question, kept)]


def _none_choices(question: Question) -> list[tuple[str, str]]:
    return [(f"{NONE}{code}", NONE_CODES[code]) for code in question.none_allowed]


def _fits_segments(options: Sequence[tuple[str, str]]) -> bool:
    letters = sum(len(words) for _code, words in options)
    return len(options) <= MOST_SEGMENTS and letters <= LONGEST_SEGMENTS


def _code_of(item: JSON) -> str:
    return str(item.get("code")) if isinstance(item, dict) else str(item)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
