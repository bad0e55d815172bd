"""What is found of a record: what was written, and what was chosen in the words that the form has for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.forms.definition import QuestionType
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.finding import find
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.flows.conftest import CATALOGUE, join

WRITTEN = {
    "given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    gate = quick_gate(tmp_path / "home", CATALOGUE, clock)
    made = set_up_quickly(gate, "Nadia", PASSPHRASE)
    join(made)
    return made


def test_a_choice_is_found_by_its_words_and_not_by_its_code(desk: Desk) -> None:
    child = editing.new_record(desk, "child", "", WRITTEN)
    definition = CATALOGUE.form("missing_episode")
    question, option = next(
        (question, option)
        for question in definition.questions()
        for option in question.options
        if question.type is QuestionType.CHOICE and "_" in option.code and len(option.label) > 20
    )
    episode = editing.new_record(desk, "missing_episode", child, {question.id: option.code})
    word = max(option.label.replace("’", " ").split(), key=len).strip(".,()")

    assert episode in [match.record_id for match in find(desk, word)]
    assert find(desk, option.code) == () or option.code.replace("_", " ") in option.label.casefold()
    desk.vault.close()


def test_what_was_written_is_found_even_if_it_looks_like_a_code(desk: Desk) -> None:
    child = editing.new_record(desk, "child", "", WRITTEN | {"given_name": "ann_marie"})

    assert [match.record_id for match in find(desk, "ann_marie")] == [child]
    assert [match.record_id for match in find(desk, "hollow")] == [child]
    desk.vault.close()
