"""The field widgets by themselves: what each shows, reads, and says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

import desktop.ui.kit.editors  # noqa: F401 - fills the table of editors
from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.forms.definition import Option, Question, QuestionType
from casework.practice.languages.beside_english import SecondLanguage
from casework.typed_words import Half
from desktop.flows.record.carried_over import Told
from desktop.ui.app import application
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.fields.choice_editors import ManyOf, OneOf, YesNo
from desktop.ui.kit.fields.dates import DateEditor
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.ink_pad import InkEditor
from desktop.ui.kit.fields.picture_work import Pictures
from desktop.ui.kit.fields.record_answers import RowState
from desktop.ui.kit.fields.registry import EDITORS

COLOURS = tuple(Option(code, code.title()) for code in ("red", "green", "blue"))
WEEK = tuple(Option(code, code.title()) for code in ("mon", "tue", "wed", "thu", "fri", "sat"))


class Kept:
    """Answers in a dictionary."""

    child, read_only = "Wren", False

    def __init__(self) -> None:
        self.values: dict[str, JSON] = {}
        self.raws: dict[str, Half] = {}
        self.says: dict[str, Told] = {}

    def now(self) -> datetime:
        return datetime(2026, 3, 27, 14, 32, tzinfo=LONDON)

    def value(self, path: str) -> JSON:
        return self.values.get(path)

    def put(self, path: str, value: JSON) -> None:
        self.raws.pop(path, None)
        self.values[path] = value

    def set_aside(self, path: str, raw: JSON, problem: str) -> None:
        self.raws[path] = Half(raw, problem)

    def aside(self, path: str) -> Half | None:
        return self.raws.get(path)

    def lay_under(self, path: str, raw: JSON) -> None:
        self.raws[path + "/under"] = Half(raw)

    def under(self, path: str) -> JSON:
        found = self.raws.get(path + "/under")
        return found.raw if found is not None else None

    def rows(self, group: str) -> Sequence[RowState]:
        return ()

    def add_row(self, group: str, values: Mapping[str, JSON] | None = None, *, row_id: str = "") -> str:
        return "row"

    def remove_row(self, group: str, row_id: str) -> None: ...

    def restore_row(self, group: str, row_id: str) -> None: ...

    def attach(self, group: str, files: Sequence[Path]) -> None: ...

    def linked(self, form_id: str) -> Sequence[tuple[str, str]]:
        return ()

    def beside(self, question: Question) -> SecondLanguage | None:
        return None

    def told(self, path: str) -> Told | None:
        return self.says.get(path)

    @property
    def pictures(self) -> Pictures:
        raise AssertionError

    def shows(self, path: str) -> bool:
        return True


@pytest.fixture(autouse=True)
def _dressed(qtbot: QtBot) -> None:
    application()


def test_every_kind_of_question_has_an_editor() -> None:
    """A file is only ever part of an attachment, which has one."""
    assert set(QuestionType) - {QuestionType.FILE} == set(EDITORS)


def test_few_answers_are_segments_and_many_a_list(qtbot: QtBot) -> None:
    few = OneOf(Question("q", "Colour?", QuestionType.CHOICE, options=COLOURS), "f/q", "Colour?", "")
    many = OneOf(Question("q", "Day?", QuestionType.CHOICE, options=WEEK), "f/q", "Day?", "")
    qtbot.addWidget(few)
    qtbot.addWidget(many)

    assert few.findChild(Segments) is not None
    assert many.findChild(DropDown) is not None


def test_no_answer_is_an_answer_of_its_own(qtbot: QtBot) -> None:
    """Not known, chose not to say and no are three different things."""
    question = Question("q", "Alone?", QuestionType.YES_NO, none_allowed=("not_known", "not_said"))
    editor = YesNo(question, "f/q", "Alone?", "")
    qtbot.addWidget(editor)
    values: list[JSON] = [True, False, {"none": "not_known"}, {"none": "not_said"}, None]
    for value in values:
        editor.put(value)

        assert editor.read().value == value


def test_a_retired_answer_shows_only_where_it_was_given(qtbot: QtBot) -> None:
    question = Question("q", "Colour?", QuestionType.CHOICE, options=(*COLOURS, Option("grey", "Grey", retired=True)))
    now = OneOf(question, "f/q", "Colour?", "")
    then = OneOf(question, "f/q", "Colour?", "", kept="grey")
    for editor in (now, then):
        qtbot.addWidget(editor)
        editor.put("grey")

    assert now.read().value is None
    assert then.read().value == "grey"


def test_an_answer_that_stands_alone_takes_the_others_away(qtbot: QtBot) -> None:
    question = Question(
        "q", "Which?", QuestionType.CHOICES, options=(*COLOURS, Option("none", "None")), alone=("none",)
    )
    editor = ManyOf(question, "f/q", "Which?", "")
    qtbot.addWidget(editor)
    editor.put(["red", "blue"])
    box = editor.findChild(QWidget, "f/q/none")
    assert box is not None
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)

    assert editor.read().value == ["none"]


def test_who_said_it_goes_with_what_was_said(qtbot: QtBot) -> None:
    """Ticking takes the child's voice first; another can be added."""
    question = Question("q", "Why?", QuestionType.CHOICES, options=COLOURS, voices=True)
    editor = ManyOf(question, "f/q", "Why?", "Wren")
    qtbot.addWidget(editor)
    editor.show()
    for name in ("f/q/red", "f/q/red/worker_view"):
        box = editor.findChild(QWidget, name)
        assert box is not None
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)

    assert editor.read().value == [{"code": "red", "said_by": ["child_said", "worker_view"]}]


def test_a_whole_date_typed_into_the_first_box_is_spread(qtbot: QtBot) -> None:
    editor = DateEditor(Question("q", "When?", QuestionType.DATE), "f/q", "When?")
    qtbot.addWidget(editor)
    day = editor.findChild(QWidget, "f/q/day")
    assert day is not None
    QTest.keyClicks(day, "27 3 2026")

    assert editor.read().value == "2026-03-27"


def test_half_a_date_is_kept_aside_and_comes_back(qtbot: QtBot) -> None:
    """It is no answer yet, but it is not lost when the page is drawn again."""
    kept, question = Kept(), Question("q", "When?", QuestionType.DATE)
    first = Field(question, "f/q", kept)
    qtbot.addWidget(first)
    day = first.findChild(QWidget, "f/q/day")
    assert day is not None
    QTest.keyClicks(day, "27")
    again = Field(question, "f/q", kept)
    qtbot.addWidget(again)

    assert kept.values == {}
    assert again.editor.raw() == {"day": "27", "month": "", "year": ""}


def test_choosing_not_to_say_keeps_the_words_typed_before(qtbot: QtBot) -> None:
    """Taking the tick away brings them back."""
    kept = Kept()
    question = Question("q", "What happened?", QuestionType.NARRATIVE, none_allowed=("not_said",))
    field = Field(question, "f/q", kept)
    qtbot.addWidget(field)
    field.show()
    box, tick = field.findChild(QWidget, "f/q"), field.findChild(QWidget, "f/q/none/not_said")
    assert box is not None
    assert tick is not None
    QTest.keyClicks(box, "We walked.")
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert kept.values == {"f/q": {"none": "not_said"}}
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)

    assert kept.values == {"f/q": "We walked."}


def test_a_typed_name_signs_as_well(qtbot: QtBot) -> None:
    editor = InkEditor(Question("q", "Sign", QuestionType.INK), "f/q", "Sign")
    qtbot.addWidget(editor)
    editor.show()
    switch, typed = editor.findChild(QWidget, "f/q/type"), editor.findChild(QWidget, "f/q/typed")
    assert switch is not None
    assert typed is not None
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    QTest.keyClicks(typed, "Wren H")

    assert editor.read().value == {"typed": "Wren H"}


def test_the_hour_that_comes_twice_is_asked_about(qtbot: QtBot) -> None:
    """Nothing is kept until somebody says which; another time takes the question away."""
    question, kept = Question("seen", "Last seen", QuestionType.DATETIME), Kept()
    field = Field(question, "f/seen", kept)
    qtbot.addWidget(field)
    field.show()
    for part, text in (("day", "25"), ("month", "10"), ("year", "2026"), ("time", "01:30")):
        QTest.keyClicks(named(field, f"f/seen/{part}"), text)
    which = field.findChild(Segments, "f/seen/which")

    assert which.isVisible()
    assert kept.values.get("f/seen") is None
    QTest.mouseClick(which.segments[1], Qt.MouseButton.LeftButton)
    assert kept.values["f/seen"] == "2026-10-25T01:30:00+00:00"
    QTest.mouseClick(which.segments[0], Qt.MouseButton.LeftButton)
    assert kept.values["f/seen"] == "2026-10-25T01:30:00+01:00"

    again = Field(question, "f/seen", kept)
    qtbot.addWidget(again)
    again.show()
    assert again.findChild(Segments, "f/seen/which").code() == "first"
    QTest.keyClick(named(again, "f/seen/time"), Qt.Key.Key_Backspace)
    QTest.keyClick(named(again, "f/seen/day"), Qt.Key.Key_Backspace)
    assert not again.findChild(Segments, "f/seen/which").isVisible()


HELPED = (Option("low", "Low", hint="Possible but minimal."), Option("high", "High", hint="Very likely."))


@pytest.mark.parametrize("kind", [QuestionType.CHOICE, QuestionType.CHOICES])
def test_an_options_hint_stands_beside_it_and_is_said_with_it(qtbot: QtBot, kind: QuestionType) -> None:
    """By a screen reader after the question, and after the question’s own hint is known too."""
    field = Field(Question("risk", "Level of risk", kind, options=HELPED, hint="When missing."), "f/risk", Kept())
    qtbot.addWidget(field)
    field.show()
    shown = " ".join(found.text() for found in field.findChildren(QLabel) if found.isVisible())
    said = field.findChild(QWidget, "f/risk/low").accessibleDescription()

    assert "Possible but minimal." in shown
    assert "Very likely." in shown
    assert said == "Level of risk. Possible but minimal. When missing."


def test_a_lists_hints_stand_in_the_open_list_and_not_in_the_closed_box(qtbot: QtBot) -> None:
    options = (*WEEK, Option("sun", "Sun", hint="No school."))
    field = Field(Question("day", "Day", QuestionType.CHOICE, options=options), "f/day", Kept())
    qtbot.addWidget(field)
    box = field.findChild(DropDown, "f/day")
    assert box is not None
    width = box.sizeHint().width()
    box.hint({"sun": "No school, and so a great deal longer than any other line of this list"})

    assert box.itemText(7).startswith("Sun. No school")
    assert box.sizeHint().width() == width


def named(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found
