"""Which words a family hears is found in the forms themselves."""

from __future__ import annotations

import pytest

from casework.practice.follow_on import following
from casework.practice.languages.family_words import FOUR_FORMS, LANGUAGE, family_words, is_for_family
from desktop.compose import build_catalogue


def test_the_childs_questions_and_the_explanation_are_among_them_and_the_workers_are_not() -> None:
    """By voice, consent and what is read out; in the parent’s own report also what is the parent’s to read."""
    catalogue = build_catalogue()
    interview, visit = catalogue.form("return_home_interview"), catalogue.form("ehe_visit")
    words = family_words(interview)

    assert words["What was going on before you left?"] == "before"
    assert words["Tell me about that day."] == "before"
    assert words["Felt safe"] == "places.felt"
    assert words["Yes, but not everything"] == "consents.decision"
    assert words["Do you feel safe tonight?"] == "immediate_danger"
    assert any(said.startswith("“What you say stays with us") for said in words)
    assert "What I think, and why" not in words
    assert is_for_family(visit, visit.question("suitability"))
    assert not is_for_family(visit, visit.question("next_council"))


def test_each_of_the_four_forms_asks_which_language_was_spoken() -> None:
    catalogue = build_catalogue()

    assert all(catalogue.form(form_id).question(LANGUAGE).list_name == "LANG" for form_id in FOUR_FORMS)


def test_words_in_english_are_asked_only_where_another_language_was_spoken_and_follow_what_is_kept_back() -> None:
    """Each `…_english` rests on the words that it says in English, so a copy that leaves those out leaves it out."""
    catalogue = build_catalogue()
    for form_id in FOUR_FORMS:
        form = catalogue.form(form_id)
        pairs = [(q, form.question(q.puts_in_english)) for q in form.questions() if q.puts_in_english]
        told = {said.id for _, said in pairs}
        asked = {q.id for q in form.questions() if q.voice == "child" and q.type == "narrative"}

        assert asked - told == {q.id for q, _ in pairs if q.voice == "child"}
        assert all(english.audience == said.audience for english, said in pairs)


@pytest.mark.parametrize("name", FOUR_FORMS)
def test_the_english_of_an_answer_leaves_a_copy_with_it(name: str) -> None:
    """What a child keeps back is kept back in every language it stands in."""
    definition = build_catalogue().form(name)
    beside = [one.id for one in definition.questions() if one.id.endswith("_english")]

    assert beside
    for one in beside:
        said = one.removesuffix("_english")
        assert said in definition.by_id, one
        assert one in following(definition, {said: "The child kept it back."})
