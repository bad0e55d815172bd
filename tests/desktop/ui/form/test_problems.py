"""What is missing, said as a person would say it, and once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from casework.forms.conditions import NEVER
from casework.forms.definition import Definition, QuestionType
from desktop.flows.record import editing
from desktop.forms.catalogue import Catalogue
from tests.desktop.ui.conftest import Driven

FOUR = ("return_home_interview", "find_me_plan", "safe_well_visit", "ehe_visit")


def summary(driven: Driven) -> list[str]:
    links = driven.find("summary").findChildren(QAbstractButton)
    return [link.accessibleName() for link in links]


def words_of(definition: Definition) -> dict[str, bool]:
    """Each question by the words it is asked for by, and whether it may have to be answered."""
    found: dict[str, bool] = {}
    for question in definition.questions():
        found[question.label] = question.required_when != NEVER and question.type is not QuestionType.INK
        found.update({f"{question.label}: {column.label}": False for column in question.columns})
    return found


def test_each_problem_says_the_thing_and_stands_once(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "meeting")
    driven.click("save-and-continue")
    said = summary(driven)

    assert said[:3] == ["Enter when you started.", "Enter when you finished.", "Choose how you talked."]
    assert "Choose whether you saw Wren on their own." in said
    assert len(said) == len(set(said)) == 7
    assert not [words for words in said if "“" in words]


def test_half_a_date_is_one_problem(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "meeting")
    driven.type("f/started_at/day", "27")
    driven.click("save-and-continue")

    assert summary(driven)[0] == "Enter the day, the month and the year"
    assert "Enter when you started." not in summary(driven)


def test_a_command_says_the_same(driven: Driven) -> None:
    """What the window says is what a record is said to lack anywhere."""
    found = editing.open_record(driven.shell.desk, driven.planted.interview_id).findings

    assert [one.text for one in found if one.question_id == "mode"] == ["Choose how you talked."]


def test_every_word_is_of_a_question_that_is_asked_and_every_one_of_the_four_forms_has_its_own(
    catalogue: Catalogue,
) -> None:
    """A question that is worded anew, or renamed, loses its words here and not on a Friday evening."""
    asked = {words: must for form in FOUR for words, must in words_of(catalogue.form(form)).items()}

    assert set(catalogue.asks) - set(asked) == set()
    missing = {words for words, must in asked.items() if must and words not in catalogue.asks}
    assert missing <= {"Why?", "In words", "Missing episode"}  # too short to be one question’s; filled in beforehand
    assert not [
        words for words in catalogue.asks.values() if words.split()[0] not in {"Enter", "Choose", "Write", "Add"}
    ]


@pytest.mark.parametrize("form", FOUR)
def test_nothing_of_the_managers_is_asked_of_the_author(catalogue: Catalogue, form: str) -> None:
    """A manager's check is a record of its own, and their signature stands on it; what an author says is who agreed."""
    asked = [question for question in catalogue.form(form).questions() if "anager" in question.label]

    assert asked == []
