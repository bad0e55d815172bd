"""A key more in an answer that stands asks nothing again, and what it would have found is what it had found."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from casework.forms import Context, Definition, Filled
from casework.forms.conditions import Comparison, Subject
from casework.forms.findings import found_in
from casework.forms.progress import progress_of
from casework.practice.forbidden_states import life_findings
from casework.records import cell_path, field_path, parse_path
from desktop.forms.turning import AS_WRITTEN, is_only_reworded, turned_by_words
from tests.casework.forms.filled_in import WORDS, filled_in
from tests.casework.forms.real import catalogue

OTHERS = (*WORDS, "She refused, and was refusing again", "an academy", "x")


def written(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The paths and words of everything that was written by hand."""
    for question in definition.questions():
        value = answers.get(question.id)
        if question.type in AS_WRITTEN and isinstance(value, str):
            yield field_path(question.id), value
        for row in value if question.is_group and isinstance(value, list) else ():
            for column in question.columns:
                if column.type in AS_WRITTEN and isinstance(row.get(column.id), str):
                    yield cell_path(question.id, row["id"], column.id), row[column.id]


def reworded(answers: Mapping[str, Any], path: str, words: str) -> dict[str, Any]:
    place = parse_path(path)
    if not place.group:
        return {**answers, place.question: words}
    rows = [{**row, place.question: words} if row["id"] == place.row else row for row in answers[place.group]]
    return {**answers, place.group: rows}


def standing(filled: Filled) -> tuple[object, ...]:
    """What a window shows of it besides the words themselves."""
    groups = [question for question in filled.definition.questions() if question.is_group]
    columns = [filled.columns(group, row) for group in groups for row in filled.rows(group.id)]
    found = (*found_in(filled), *life_findings(filled, signing=True))
    return filled.shown, columns, progress_of(filled, found), [one for one in found if one.blocks_signing]


@pytest.mark.parametrize("form_id", catalogue().ids())
def test_nothing_turns_by_other_words(form_id: str) -> None:
    definition, tried = catalogue().form(form_id), 0
    turned = turned_by_words(definition)
    for seed in range(6):
        chance = random.Random(f"{form_id} {seed}")
        answers = filled_in(definition, chance)
        filled = Filled(definition, answers, Context())
        before = standing(filled)
        for path, words in written(definition, answers):
            place = parse_path(path)
            other = chance.choice([one for one in OTHERS if one != words])
            if is_only_reworded(definition.at(place), place, words, other, turned):
                after = reworded(answers, path, other)
                assert standing(Filled(definition, after, Context())) == before, path
                assert filled.reworded(after).shown == filled.shown
                tried += 1
    assert tried or not any(question.type in AS_WRITTEN for question in definition.questions())


@pytest.mark.parametrize(
    ("op", "turns"),
    [*((op, True) for op in ("says", "is", "is_not", "one_of", "before")), ("answered", False), ("none", False)],
)
def test_a_condition_that_reads_the_words_is_asked_again(op: str, turns: bool) -> None:
    """One that asks only whether there is an answer is not."""
    definition = catalogue().form("return_home_interview")
    asked = next(one for one in definition.questions() if one.type in AS_WRITTEN)
    place = parse_path(field_path(asked.id))
    assert is_only_reworded(asked, place, "a", "ab", turned_by_words(definition))
    with_it = next(one for one in definition.sections if asked in one.questions)
    read = Comparison(Subject("question", asked.id), op, ("harm",) if op in ("says", "one_of") else "harm")
    sections = tuple(replace(one, show_when=read) if one is with_it else one for one in definition.sections)

    assert (asked.id in turned_by_words(replace(definition, sections=sections))) is turns


def test_the_first_letter_and_the_last_are_no_rewording() -> None:
    definition = catalogue().form("return_home_interview")
    asked = next(one for one in definition.questions() if one.type in AS_WRITTEN)
    place, turned = parse_path(field_path(asked.id)), turned_by_words(definition)

    for before, after in ((None, "a"), ("a", None), ("", "a"), ({"none": "chose_not_to_say"}, "a"), ("a" * 10**6, "a")):
        assert not is_only_reworded(asked, place, before, after, turned)
