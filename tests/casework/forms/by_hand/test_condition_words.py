"""A condition on paper is a sentence that names numbers and answers, never a code."""

from __future__ import annotations

import pytest

from casework.forms.by_hand.on_paper import with_pen
from desktop.compose import build_catalogue

CATALOGUE = build_catalogue()


def whens(form_id: str) -> dict[str, str]:
    sections = with_pen(CATALOGUE.form(form_id))
    asked = {question.number: question.when for section in sections for question in section.questions}
    return asked | {str(section.number): section.when for section in sections}


@pytest.mark.parametrize(
    ("form", "number", "said"),
    [
        ("cme_referral", "2.7", "If yes, answer 2.7 and 2.8:"),
        ("mash_referral", "1.7", "If no:"),
        ("missing_episode", "2.12", "If “Neither, for a reason”:"),
        ("return_home_interview", "2.2", "If 2.1 is “No” or “Does not apply”, answer 2.2 and 2.3:"),
        ("return_home_interview", "2.4", "Unless 2.1 is “No” or “Does not apply”:"),
        ("return_home_interview", "6.2", "Unless 6.1 is filled in:"),
        ("ehe_visit", "5.5", "If the school year is at least 9:"),
        ("ehe_visit", "6.9", "If “Refer for a section 437 decision” is ticked in 6.7:"),
        ("action", "1.10", "If 1.3 is before today:"),
        ("cme_case", "4", "If 2.5 is answered, answer this part."),
        (
            "safe_well_visit",
            "2.2",
            "If 2.1 is filled in and in the last line of 2.1 “Result” is not “Child seen”, answer 2.2 and 2.3:",
        ),
        ("safe_well_visit", "3.4", "If 3.3 is answered and “None” is not ticked in 3.3:"),
    ],
)
def test_it_says_when_a_question_is_asked(form: str, number: str, said: str) -> None:
    assert whens(form)[number] == said


def test_a_long_condition_is_said_once_and_then_named() -> None:
    found = whens("return_home_interview")

    assert found["2.5"].startswith(
        "Unless 2.1 is “No” or “Does not apply”, or 2.1 is “Yes” and in the last line of 2.4"
    )
    assert found["3"] == found["9"] == "If 2.5 is to be answered, answer this part."


@pytest.mark.parametrize("form", CATALOGUE.ids())
def test_no_code_and_no_name_of_a_question_stands_in_any(form: str) -> None:
    definition = CATALOGUE.form(form)
    said = " ".join(whens(form).values())

    assert "_" not in said
    assert "{" not in said
    assert not [question.id for question in definition.questions() if "_" in question.id and question.id in said]
