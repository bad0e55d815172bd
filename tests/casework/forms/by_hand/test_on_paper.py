"""What a paper form asks: everything a person answers, nothing a program works out."""

from __future__ import annotations

import pytest

from casework.forms import Definition, QuestionType
from casework.forms.by_hand.on_paper import PenQuestion, none_of, options_of, with_pen
from desktop.compose import build_catalogue

CATALOGUE = build_catalogue()
INTERVIEW = CATALOGUE.form("return_home_interview")


def asked(definition: Definition, child: str = "") -> dict[str, PenQuestion]:
    return {one.question.id: one for section in with_pen(definition, child) for one in section.questions}


@pytest.mark.parametrize("form", CATALOGUE.ids())
def test_every_question_that_a_person_answers_is_on_it(form: str) -> None:
    """And no link to another record, whose id nobody could write, and nothing that is worked out."""
    definition = CATALOGUE.form(form)
    left_out = [question for question in definition.questions() if question.id not in asked(definition)]

    assert all(
        question.read_only or question.links_to or all(column.links_to for column in question.columns)
        for question in left_out
        if question.type is not QuestionType.COMPUTED
    )


def test_questions_are_numbered_within_their_section_as_they_stand_on_the_paper() -> None:
    """The interview's first question is a link: on paper the second is 1.1."""
    found = asked(INTERVIEW)

    assert "episode_id" not in found
    assert found["care_status"].number == "1.1"
    assert [number for number in (one.number for one in found.values()) if number.startswith("2.")][-1] == "2.13"


def test_room_goes_by_the_question() -> None:
    found = asked(INTERVIEW)

    assert found["before"].lines > found["analysis"].lines > found["independent_why"].lines > found["no_offer_by"].lines


def test_the_childs_name_stands_where_the_form_says_the_child() -> None:
    assert asked(INTERVIEW, "Wren")["decline_words"].label == "Wren’s words about that"
    assert asked(INTERVIEW)["decline_words"].label == "The child’s words about that"


def test_a_reason_that_is_an_option_already_is_ticked_once() -> None:
    """“Chose not to say” is an option of “Why not today?” and one of the reasons for no answer."""
    question = asked(INTERVIEW)["decline_reason"].question

    assert "Chose not to say" in options_of(question)
    assert none_of(question) == ("Not asked",)


def test_nothing_is_said_to_be_filled_in() -> None:
    assert [section.hint for section in with_pen(INTERVIEW) if section.number == 1] == [""]
