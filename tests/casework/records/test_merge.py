"""The merge is a function of the set of operations and of nothing else."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import canonical
from casework.errors import BadSignature, RecordLocked, SignatureRefused
from casework.identifiers import RecordId
from casework.records import Change, Merge, Operation, field_path, row_path, view
from tests.casework.records.strategies import KEYS, Desk, histories


@given(histories(), st.randoms(use_true_random=False))
def test_order_duplication_and_grouping_do_not_matter(operations: list[Operation], chance: random.Random) -> None:
    """Any order, with repeats, one at a time or in groups, gives the same view and the same content hash."""
    shuffled = operations + chance.choices(operations, k=len(operations))
    chance.shuffle(shuffled)
    merge = Merge(RecordId("rec"))
    for operation in shuffled:
        merge.add(operation)
        if chance.random() < 0.3:
            merge.view()

    assert merge.view() == view(RecordId("rec"), operations)
    assert merge.view().content_hash == view(RecordId("rec"), operations).content_hash


@given(histories())
def test_a_value_vanishes_only_by_an_operation_that_saw_it(operations: list[Operation]) -> None:
    """Every value ever written is visible, in a removed row, or named in somebody's `replaces`."""
    found = view(RecordId("rec"), operations)
    replaced = {(c.path, op_id) for op in operations for c in op.changes for op_id in c.replaces}
    rows = {row_path("places", row.id) for row in found.rows("places")}
    proposed = {op.op_id for op in found.proposed}
    for op in operations:
        for change in op.changes:
            if (change.path, op.op_id) in replaced or op.op_id in proposed or change.path.count("/") == 2:
                continue
            standing = {s.op_id for s in found.values.get(change.path, ())}
            hidden = change.path.startswith("r/") and change.path.rsplit("/", 1)[0] not in rows
            blank = change.value is None

            assert op.op_id in standing or hidden or blank, change


@given(histories())
def test_operations_survive_the_wire_byte_for_byte(operations: list[Operation]) -> None:
    for operation in operations:
        again = Operation.from_text(operation.text)

        assert again == operation
        assert again == Operation.from_payload(operation.payload.decode(), operation.signature)
        assert again.payload_hash == operation.payload_hash
        again.verify(KEYS[operation.device_id[-1]].public_key())


@given(histories())
def test_a_signature_keeps_its_hash_whatever_arrives_later(operations: list[Operation]) -> None:
    assert all(signed.intact for signed in view(RecordId("rec"), operations).signatures)


def two_desks() -> tuple[Desk, Desk]:
    a, b = Desk("A"), Desk("B")
    b.hear(a.create())
    return a, b


def both(a: Desk, b: Desk) -> None:
    a.hear(*b.known.values())
    b.hear(*a.known.values())


def test_different_fields_merge_without_a_conflict() -> None:
    a, b = two_desks()
    a.answer("before", "a row about the phone")
    b.answer("after", "hot chocolate")
    both(a, b)

    assert a.view.answers() == {"before": "a row about the phone", "after": "hot chocolate"}
    assert a.view == b.view
    assert a.view.conflicts == ()


def test_the_same_field_shows_both_texts_until_a_person_decides() -> None:
    a, b = two_desks()
    a.answer("before", "one")
    b.answer("before", "two")
    both(a, b)
    path = field_path("before")
    assert list(a.view.conflicts) == [path]
    assert {s.value for s in a.view.values[path]} == {"one", "two"}
    with pytest.raises(SignatureRefused, match="Decide between them"):
        a.sign()

    change = Change(path, "one and two", a.view.saw(path))
    a.keep(a.author.resolve(a.stamp(), a.view, change, "they agree"))

    assert a.view.conflicts == ()
    assert a.view.answer(path) == "one and two"


def test_a_third_unseen_value_stays_in_conflict_after_a_decision() -> None:
    a, b = two_desks()
    c = Desk("C")
    c.hear(*a.known.values())
    a.answer("before", "one")
    b.answer("before", "two")
    c.answer("before", "three")
    both(a, b)
    path = field_path("before")
    a.keep(a.author.resolve(a.stamp(), a.view, Change(path, "one", a.view.saw(path)), ""))
    both(a, c)

    assert {s.value for s in a.view.values[path]} == {"one", "three"}


def test_equal_values_written_apart_are_one_answer() -> None:
    a, b = two_desks()
    a.answer("before", "the same")
    b.answer("before", "the same")
    both(a, b)

    assert a.view.conflicts == ()


def test_an_unseen_edit_brings_a_removed_row_back_and_says_so() -> None:
    a, b = two_desks()
    a.add_row("r1", "a")
    a.cell("r1", "name", "Skate park")
    both(a, b)
    a.remove_row("r1")
    b.cell("r1", "name", "Skate park, Brackenford")
    assert a.view.rows("places") == ()
    both(a, b)

    (row,) = a.view.rows("places")
    assert row.removed_elsewhere
    assert a.view.answers()["places"] == [{"id": "r1", "name": "Skate park, Brackenford"}]


def test_an_edit_that_had_not_seen_the_signature_becomes_a_proposed_amendment() -> None:
    a, b = two_desks()
    a.answer("before", "signed words")
    b.answer("after", "late words")
    a.sign()
    signed_hash = a.view.content_hash
    both(a, b)

    assert a.view.content_hash == signed_hash
    assert a.view.answers() == {"before": "signed words"}
    assert [change.value for op in a.view.proposed for change in op.changes] == ["late words"]
    with pytest.raises(RecordLocked):
        b.answer("after", "more")


def test_two_signatures_over_different_contents_are_contested_and_both_kept() -> None:
    a, b = two_desks()
    a.answer("before", "one")
    b.answer("after", "two")
    a.sign()
    b.sign()
    both(a, b)

    assert a.view.contested
    assert len(a.view.signatures) == 2
    assert all(signed.intact for signed in a.view.signatures)


def test_a_record_discarded_here_and_edited_there_is_contested_and_stays_in_sight() -> None:
    a, b = two_desks()
    a.keep(a.author.discard(a.stamp(), a.view, "entered in error"))
    assert a.view.discarded
    b.answer("before", "words nobody else has seen")
    both(a, b)

    assert not a.view.discarded
    assert a.view.contested
    assert a.view.answers() == {"before": "words nobody else has seen"}


def test_a_draft_lies_over_the_record_and_conflicts_with_what_it_had_not_seen() -> None:
    a, b = two_desks()
    a.answer("before", "first")
    path = field_path("before")
    draft = Change(path, "first, and more", a.view.saw(path))
    assert Merge(RecordId("rec"), a.known.values()).view([draft]).answer(path) == "first, and more"
    b.answer("before", "second")
    both(a, b)

    assert Merge(RecordId("rec"), a.known.values()).view([draft]).conflicts == (path,)


def test_a_changed_byte_is_not_the_device_speaking() -> None:
    desk = Desk("A")
    desk.create()
    operation = desk.answer("before", "I was cold")
    forged = replace(operation, changes=(Change("f/before", "I was warm"),))

    with pytest.raises(BadSignature):
        forged.verify(KEYS["A"].public_key())


def test_two_operations_with_one_id_look_the_same_on_every_machine() -> None:
    desk = Desk("A")
    first = desk.create()
    one = desk.answer("before", "one")
    forged = replace(one, changes=(Change("f/before", "two"),))

    assert view(RecordId("rec"), [first, one, forged]) == view(RecordId("rec"), [forged, one, first])


@given(histories())
def test_the_content_hash_tells_different_contents_apart(operations: list[Operation]) -> None:
    found = view(RecordId("rec"), operations)
    desk = Desk("A")
    desk.hear(*operations)
    if not found.locked:
        desk.answer("during", "words that were not there before")

        assert desk.view.content_hash != found.content_hash
        assert canonical(desk.view.answers()) != canonical(found.answers())


def test_an_answer_taken_away_and_given_again_is_no_decision_for_anybody() -> None:
    """Whoever gives it has seen that it was taken away; a second person who had not is asked still."""
    desk, other = Desk("A"), Desk("B")
    other.hear(desk.create())
    desk.answer("before", "A row")
    desk.answer("before", None)
    assert not desk.view.is_answered("before")
    desk.answer("before", "A quarrel")
    alone = desk.view.conflicts
    desk.hear(other.answer("before", "A fight"))

    assert alone == ()
    assert desk.view.conflicts == (field_path("before"),)
