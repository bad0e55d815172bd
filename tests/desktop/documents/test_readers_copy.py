"""Non-interference: whatever is left out of a copy may change, and the copy stays the same to the byte."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.forms import Context, Definition, Filled, QuestionType
from casework.forms.conditions import codes
from casework.practice.consent import WITHOUT, CopyRule, copies_for
from desktop.documents.paper import Paper
from desktop.documents.readers_copy import readers_copy
from desktop.documents.rendering import PARTIAL, render
from desktop.paths import fonts
from judgement.attached import attached_in
from tests.casework.forms.filled_in import answer_to, consenting, filled_in, row_of
from tests.casework.forms.real import catalogue, form
from tests.desktop.documents.conformance import words_in
from tests.desktop.documents.papers import paper

CONTEXT = Context(now=datetime(2026, 3, 27, 12, tzinfo=UTC), child="Wren", facts={"closing": True})
POLICY = ("consents", WITHOUT)


def every_form() -> list[Definition]:
    """Those that are given to anybody, at each version."""
    found = (catalogue().form(name, number) for name in catalogue().ids() for number in catalogue().versions(name))
    return [definition for definition in found if definition.recipients]


def record_of(definition: Definition, chance: random.Random) -> dict[str, Any]:
    return {**filled_in(definition, chance), **consenting(definition, chance)}


def copy_of(definition: Definition, rule: CopyRule, answers: dict[str, Any]) -> Paper:
    held = readers_copy(rule, Filled(definition, answers, CONTEXT), frozenset())
    made = replace(paper(), definition=definition, answers=held.answers, shown=held.shown, copy=held.copy, facts=())
    return replace(made, signer=replace(made.signer, signed_at=datetime(2026, 3, 27, 16, 31, tzinfo=UTC)))


def with_others(
    definition: Definition, rule: CopyRule, answers: dict[str, Any], chance: random.Random
) -> dict[str, Any]:
    """The same record, where all that this rule leaves out, and all that is hidden, says something else."""
    shown = Filled(definition, answers, CONTEXT).shown
    changed = dict(answers)
    for question in definition.questions():
        if question.id in POLICY or question.type is QuestionType.COMPUTED:
            continue
        if question.id in rule.withheld or question.id not in shown:
            changed.pop(question.id, None)
            if chance.random() < 0.8:
                changed[question.id] = answer_to(definition, question, chance)
        elif question.is_group and isinstance(answers.get(question.id), list):
            changed[question.id] = list(_rows(definition, rule, question.id, answers[question.id], chance))
    return changed


def _rows(definition: Definition, rule: CopyRule, group: str, rows: Any, chance: random.Random) -> Iterator[Any]:
    """Lines left out change, go or come; of the others the columns left out."""
    question = definition.by_id[group]
    for row in rows:
        other = row_of(definition, question, chance, row["id"])
        if f"{group}/{row['id']}" in rule.withheld:
            if chance.random() < 0.5:
                yield other
            continue
        out = {place.partition(".")[2] for place in rule.withheld if place.startswith(f"{group}.")}
        yield {name: cell for name, cell in row.items() if name not in out} | {
            name: cell for name, cell in other.items() if name in out
        }


def is_the_same_decision(definition: Definition, before: CopyRule, after: CopyRule, pair: tuple[Any, Any]) -> bool:
    """What a person decided to share by name is shown in both: that it is there is what they shared."""
    rows = [row for row in pair[0].get(WITHOUT, ()) if row["recipient"] == before.id]
    named = {code.partition("/")[0] for row in rows for code in (*codes(row.get("what")), *codes(row.get("only")))}
    ids = {q.id for q in definition.questions() if named & {q.id, definition.section_of[q.id].id}}
    first, second = (Filled(definition, answers, CONTEXT).shown for answers in pair)
    return before.allowed and before.why == after.why and ids & first == ids & second


def pairs(seed: int, readers: int) -> Iterator[tuple[Paper, Paper]]:
    """One record of chance, and for each copy of it the copy of another that differs in what that copy leaves out."""
    chance = random.Random(seed)
    definition = chance.choice(every_form())
    answers = record_of(definition, chance)
    rules = list(enumerate(copies_for(definition, answers, CONTEXT)))
    given = [(number, rule) for number, rule in rules if rule.allowed and not rule.is_full]
    for number, rule in chance.sample(given, min(readers, len(given))):
        changed = with_others(definition, rule, answers, chance)
        other = copies_for(definition, changed, CONTEXT)[number]
        if is_the_same_decision(definition, rule, other, (answers, changed)):
            yield copy_of(definition, rule, answers), copy_of(definition, other, changed)


def hold(seeds: range, *, readers: int, drawn_every: int) -> int:
    found = 0
    for seed in seeds:
        for before, after in pairs(seed, readers):
            found += 1
            told = (before.answers, before.shown, before.copy, before.attached())
            assert told == (after.answers, after.shown, after.copy, after.attached()), (seed, before.copy.id)
            if found % drawn_every == 0:
                assert render(before, fonts()) == render(after, fonts()), (seed, before.copy.id)
    return found


def test_a_copy_is_a_function_of_what_its_reader_may_have() -> None:
    """A hundred records of every form: answers, what is shown, the attached record, and a sample of the very pages."""
    assert hold(range(100), readers=2, drawn_every=20) > 100


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_a_copy_is_a_function_of_what_its_reader_may_have_at_length(part: int) -> None:
    """Together over a thousand records; a part that fails is run again alone, and names its seed."""
    assert hold(range(1000 + 125 * part, 1125 + 125 * part), readers=12, drawn_every=3) > 250


def test_changed_answers_do_change_a_copy_that_holds_them() -> None:
    """So that the test above could fail: the full copy of the two records differs."""
    chance = random.Random(7)
    definition = form("return_home_interview")
    answers = record_of(definition, chance)
    rule = next(rule for rule in copies_for(definition, answers, CONTEXT) if rule.id == "child")
    full = copies_for(definition, answers, CONTEXT)[0]

    changed = with_others(definition, rule, answers, chance)
    assert copy_of(definition, full, answers).answers != copy_of(definition, full, changed).answers


VISIT = {
    "visit_at": "2026-03-20T10:00:00+00:00",
    "mode": "home",
    "offer_reply": "accepted",
    "suitability": "suitable",
    "safeguarding": "high",
    "safeguarding_details": "Bruises.",
    "next": ["amend_and_revisit"],
    "next_council": ["mash"],
}


@pytest.mark.parametrize("version", [1, 2])
def test_a_parent_is_not_told_that_there_is_a_worry(version: int) -> None:
    """Of a new report, and of one written when “What happens next” was one question for all."""
    definition = catalogue().form("ehe_visit", version)
    given = VISIT if version == 2 else {**VISIT, "next": ["amend_and_revisit", "mash"]}
    rule = next(rule for rule in copies_for(definition, given, CONTEXT) if rule.id == "parent")
    made = copy_of(definition, rule, given)
    told = words_in(render(made, fonts())).casefold() + str(made.attached()).casefold()

    assert "suitable" in told
    for word in ("mash", "worry", "safeguarding", "bruises", "not in this copy", "not provided"):
        assert word not in told


def test_what_stands_for_what_is_left_out_is_one_sentence_for_everybody() -> None:
    definition = form("return_home_interview")
    answers = record_of(definition, random.Random(3)) | {
        "consents": [{"id": "c", "recipient": "police", "decision": "all"}],
        "shared_without": [],
    }
    rule = next(rule for rule in copies_for(definition, answers, CONTEXT) if rule.id == "police")
    made = copy_of(definition, rule, answers)
    sections = {definition.section_of[name].id for name in made.shown if not definition.by_id[name].signs}

    assert words_in(render(made, fonts())).count(PARTIAL) == len(sections)


def test_the_attached_record_holds_no_strokes_names_hashes_or_ids() -> None:
    for seed in range(12):
        chance = random.Random(seed)
        definition = chance.choice(every_form())
        answers = record_of(definition, chance)
        made = copy_of(definition, copies_for(definition, answers, CONTEXT)[0], answers)
        found = attached_in(PdfFileReader(io.BytesIO(render(made, fonts()))))
        assert found is not None
        text = str(found.values)

        assert found.values["copy"] == "full"
        for leaked in ("strokes", "IMG_7", "sha256", "'r1'", "/r1", "Head(", "datetime"):
            assert leaked not in text, (seed, leaked)
