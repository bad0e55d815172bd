"""Who changed an answer, when, from what to what; and an earlier text put back as a new answer."""

from __future__ import annotations

import pytest

from casework.errors import AnswerError, RecordLocked, UnknownRecord
from desktop.cli import parse_arguments
from desktop.flows.decisions import answer_history
from desktop.flows.decisions.answer_history import NOTHING, TYPED, history, put_back
from desktop.flows.decisions.conflicts import decide, decisions
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.operation_in_words import AS_WRITTEN
from desktop.flows.signing.signing import lock_record
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, Shared, arrives, share

MINE = "By 20:00 on a school night."
THEIRS = "Ring her nan, then the manager."


@pytest.fixture
def shared(desk: Desk) -> Shared:
    return share(desk)


def texts(shared: Shared, path: str = PATH) -> list[tuple[str, str]]:
    return [(step.was, step.text) for step in history(shared.desk, shared.record_id, path).steps]


def test_each_change_is_told_from_what_to_what_the_latest_first(shared: Shared) -> None:
    """What is typed and not said yet is the latest of all."""
    shared.mine("missing_when", MINE)
    editing.save(shared.desk, shared.record_id, PATH, "By 19:00.")
    found = history(shared.desk, shared.record_id, PATH)

    assert texts(shared) == [(MINE, "By 19:00."), (BEFORE, MINE), (NOTHING, BEFORE)]
    assert (found.steps[0].how, found.steps[0].step_id) == (TYPED, "")
    assert {step.who for step in found.steps} == {shared.desk.officer.name}
    assert found.about == found.steps[0].label


def test_a_decision_tells_both_texts_and_its_reason(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    (found,) = decisions(shared.desk)
    decide(shared.desk, shared.record_id, PATH, "Both.", "Asked both", shown=found.shown)
    last = history(shared.desk, shared.record_id, PATH).steps[0]

    assert set(last.was.split("\n\n")) == {MINE, THEIRS}
    assert (last.text, last.how) == ("Both.", "A decision between two texts: Asked both")


def test_an_earlier_text_is_put_back_as_a_new_answer(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    first = history(shared.desk, shared.record_id, PATH).steps[-1]
    assert first.may_come_back
    put_back(shared.desk, shared.record_id, PATH, first.step_id)

    assert texts(shared) == [(MINE, BEFORE), (BEFORE, MINE), (NOTHING, BEFORE)]
    assert not history(shared.desk, shared.record_id, PATH).steps[-1].may_come_back, "it stands there already"


def test_a_signed_record_is_read_and_nothing_is_put_back(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    first = history(shared.desk, shared.record_id, PATH).steps[-1]
    lock_record(shared.desk, shared.record_id, name="Nadia Brightwater", ink=None)
    found = history(shared.desk, shared.record_id, PATH)

    assert found.locked
    assert not any(step.may_come_back for step in found.steps)
    with pytest.raises(RecordLocked):
        put_back(shared.desk, shared.record_id, PATH, first.step_id)


def test_rows_are_told_with_what_is_in_them(shared: Shared) -> None:
    """A question that has rows has the history of all of them; a row of its own, its own."""
    questions = shared.desk.catalogue.form("find_me_plan").questions()
    group, column = next((q, c.id) for q in questions for c in q.columns if c.type in AS_WRITTEN)
    row = editing.add_row(shared.desk, shared.record_id, group.id)
    editing.save(shared.desk, shared.record_id, f"r/{group.id}/{row}/{column}", "Pauline")
    editing.seal(shared.desk, shared.record_id)
    editing.remove_row(shared.desk, shared.record_id, group.id, row)

    said = [text for _was, text in texts(shared, f"f/{group.id}")]
    assert said[0] == "Taken out"
    assert sorted(said[1:]) == ["Added", "Pauline"]
    assert [text for _was, text in texts(shared, f"r/{group.id}/{row}/{column}")] == ["Pauline"]


def run(desk: Desk, *line: str) -> tuple[object, str]:
    args = parse_arguments(line)
    return DEEDS[args.verb](args, desk)


def test_the_verb_tells_and_puts_back(shared: Shared) -> None:
    shared.mine("missing_when", MINE)
    value, said = run(shared.desk, "history", shared.record_id, "missing_when")
    assert isinstance(value, list)
    assert f"from: {BEFORE}\nto: {MINE}" in said
    first = history(shared.desk, shared.record_id, PATH).steps[-1].step_id
    run(shared.desk, "history", shared.record_id, "missing_when", "--put-back", first)

    assert shared.desk.vault.view(shared.record_id).answer(PATH) == BEFORE
    whole = run(shared.desk, "history", shared.record_id)[1]
    assert answer_history.history(shared.desk, shared.record_id, PATH).about in whole
    with pytest.raises(AnswerError):
        run(shared.desk, "history", shared.record_id, "no_such_question")
    with pytest.raises(AnswerError):
        run(shared.desk, "history", shared.record_id, "--put-back", first)
    with pytest.raises(UnknownRecord):
        put_back(shared.desk, shared.record_id, PATH, "no such step")
