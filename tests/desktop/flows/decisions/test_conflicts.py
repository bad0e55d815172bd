"""Deciding between two texts: both are kept byte for byte, and none is replaced that nobody has read."""

from __future__ import annotations

import pytest

from casework.dates_in_words import day_and_time
from casework.errors import AnswerError, ChangedMeanwhile, RecordLocked, SignatureRefused
from casework.records import Kind, cell_path, field_path
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.decisions.conflicts import (
    CLEARED,
    Decision,
    correct,
    decide,
    decisions,
    keep_words,
    leave,
    of_record,
    words_kept,
)
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.store.disk.errors import WrongPassphrase
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, Shared, arrives, share

QUESTION = "missing_when"
MINE = "By 20:00 on a school night.\n\n  Two spaces\u00a0kept, “so”. \U0001f426\t"
THEIRS = "Ring her nan,\u202fPauline, then the manager.\r\nAfter 30 minutes. "


@pytest.fixture
def shared(desk: Desk) -> Shared:
    return share(desk)


@pytest.fixture
def conflict(shared: Shared) -> Decision:
    shared.mine(QUESTION, MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    return decisions(shared.desk)[0]


def texts_in_history(shared: Shared) -> set[object]:
    said = shared.desk.vault.operations(shared.record_id)
    return {change.value for op in said for change in op.changes if change.path == PATH}


def standing(shared: Shared) -> list[object]:
    return [side.value for side in shared.desk.vault.view(shared.record_id).values[PATH]]


def test_both_texts_are_shown_with_names_and_times_beside_what_they_replaced(conflict: Decision) -> None:
    theirs, mine = conflict.sides

    assert conflict.before is not None
    assert (conflict.before.text, conflict.before.who) == (BEFORE, "You")
    assert (theirs.text, theirs.who, theirs.at.isoformat()) == (
        THEIRS,
        "Another officer (o2)",
        "2026-03-26T16:48:00+00:00",
    )
    assert (mine.text, mine.who, mine.name) == (MINE, "You", "Nadia Brightwater")
    assert (conflict.title, conflict.label, conflict.child.name) == (
        "Find Me Plan",
        "When do we call it missing?",
        "Wren Hollowby",
    )


@pytest.mark.parametrize("side", [0, 1])
def test_the_chosen_text_goes_in_as_written_and_the_other_stays_in_the_history(
    shared: Shared, conflict: Decision, side: int
) -> None:
    chosen = conflict.sides[side].value
    made = decide(shared.desk, conflict.record_id, PATH, chosen, " Agreed by phone. ", shown=conflict.shown)

    assert standing(shared) == [chosen]
    assert {BEFORE, MINE, THEIRS} <= texts_in_history(shared)
    assert (made.kind, made.body["reason"]) == (Kind.RESOLVE, "Agreed by phone.")
    assert decisions(shared.desk) == ()


def test_keeping_both_holds_each_text_whole_under_its_author(shared: Shared, conflict: Decision) -> None:
    decide(shared.desk, conflict.record_id, PATH, conflict.both, shown=conflict.shown)
    kept = str(standing(shared)[0])

    assert f"Nadia Brightwater, {day_and_time(conflict.sides[1].at)}:\n{MINE}" in kept
    assert f"Another officer (o2), 26 March 2026, 16:48:\n{THEIRS}" in kept


def test_a_third_text_that_arrives_meanwhile_is_not_replaced(shared: Shared, conflict: Decision) -> None:
    """The refusal says what to do, changes nothing, and the next look shows all three."""
    arrives(shared.desk, Colleague("o3", "d3").says(shared.view, PATH, "A third text."))

    with pytest.raises(ChangedMeanwhile, match="Read it again"):
        decide(shared.desk, conflict.record_id, PATH, MINE, shown=conflict.shown)
    assert set(standing(shared)) == {MINE, THEIRS, "A third text."}
    (found,) = decisions(shared.desk)
    decide(shared.desk, found.record_id, PATH, "All three agreed this.", shown=found.shown)
    assert standing(shared) == ["All three agreed this."]


def test_a_third_text_that_arrives_after_the_decision_is_asked_about(shared: Shared, conflict: Decision) -> None:
    decide(shared.desk, conflict.record_id, PATH, MINE, shown=conflict.shown)
    arrives(shared.desk, Colleague("o3", "d3").says(shared.view, PATH, "A third text."))

    assert {side.text for side in decisions(shared.desk)[0].sides} == {MINE, "A third text."}


def test_what_was_typed_meanwhile_is_a_text_too(shared: Shared, conflict: Decision) -> None:
    editing.save(shared.desk, conflict.record_id, PATH, "Typed in the form.")

    with pytest.raises(ChangedMeanwhile):
        decide(shared.desk, conflict.record_id, PATH, MINE, shown=conflict.shown)
    assert "Typed in the form." in standing(shared)
    assert len(set(standing(shared)) & {MINE, THEIRS}) == 1  # the form showed one of them; the other was not replaced
    assert {MINE, THEIRS} <= texts_in_history(shared)


def test_what_both_started_from_is_found_further_back(shared: Shared) -> None:
    """One side changed it twice, so what it replaced last is its own text."""
    shared.mine(QUESTION, "First thought.")
    shared.mine(QUESTION, MINE)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    (found,) = decisions(shared.desk)

    assert found.before is not None
    assert found.before.text == BEFORE


def test_nothing_before_is_said_as_nothing(shared: Shared) -> None:
    shared.mine("late_not_missing", "Half an hour.")
    arrives(shared.desk, Colleague().says(shared.view, field_path("late_not_missing"), "An hour."))

    assert decisions(shared.desk)[0].before is None


def test_an_answer_taken_away_against_one_changed(shared: Shared) -> None:
    """Taking an answer away is a side as well; there are no two texts to keep then."""
    shared.mine(QUESTION, None)
    arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
    (found,) = decisions(shared.desk)

    assert [side.text for side in found.sides] == [THEIRS, CLEARED]
    assert found.both == ""


def test_choices_are_read_as_words_and_only_one_can_stand(shared: Shared) -> None:
    shared.mine("risk_level", "high")
    arrives(shared.desk, Colleague().says(shared.view, field_path("risk_level"), "low"))
    (found,) = decisions(shared.desk)

    assert (found.is_text, found.both) == (False, "")
    with pytest.raises(AnswerError):
        decide(shared.desk, found.record_id, found.path, "no such level", shown=found.shown)
    decide(shared.desk, found.record_id, found.path, "low", shown=found.shown)
    assert shared.desk.vault.view(found.record_id).answer(found.path) == "low"


def test_the_childs_own_words_are_marked_as_such(shared: Shared) -> None:
    shared.mine("child_view", "I just want to see my mates.")
    arrives(shared.desk, Colleague().says(shared.view, field_path("child_view"), "I want to see Jade."))

    assert decisions(shared.desk)[0].child_words


def test_a_cell_of_a_row_is_named_by_its_row(shared: Shared) -> None:
    row = editing.add_row(shared.desk, shared.record_id, "likely_places")
    path = cell_path("likely_places", row, "name")
    editing.seal(shared.desk, shared.record_id)
    parted = shared.desk.vault.view(shared.record_id)
    editing.save(shared.desk, shared.record_id, path, "The park")
    editing.seal(shared.desk, shared.record_id)
    arrives(shared.desk, Colleague().says(parted, path, "The skate park"))
    (found,) = decisions(shared.desk)

    assert " 1: " in found.label
    decide(shared.desk, found.record_id, path, "The skate park", shown=found.shown)
    assert decisions(shared.desk) == ()


def test_the_one_that_has_waited_longest_comes_first(shared: Shared) -> None:
    later = Colleague().says(shared.view, field_path("risk_level"), "low", "2026-03-27T16:00:00+00:00")
    arrives(shared.desk, later, Colleague("o3", "d3").says(shared.view, PATH, THEIRS))
    shared.mine("late_not_missing", "x")
    editing.seal(shared.desk, shared.record_id)
    arrives(
        shared.desk,
        Colleague("o4", "d4").says(shared.view, field_path("risk_level"), "high"),
        Colleague("o5", "d5").says(shared.view, PATH, "Other."),
    )

    assert [found.path for found in decisions(shared.desk)] == [PATH, field_path("risk_level")]


def test_words_half_written_are_kept_apart_and_never_decide(shared: Shared, conflict: Decision) -> None:
    keep_words(shared.desk, conflict.record_id, PATH, "By 20:00, and ring")
    editing.seal(shared.desk, conflict.record_id)

    assert words_kept(shared.desk, conflict.record_id, PATH) == "By 20:00, and ring"
    assert decisions(shared.desk) == (conflict,)
    decide(shared.desk, conflict.record_id, PATH, "By 20:00, and ring Pauline.", shown=conflict.shown)
    assert words_kept(shared.desk, conflict.record_id, PATH) == ""


class TestSigned:
    """What arrives after a signature stands beside the record, or is left out; the record never changes."""

    @pytest.fixture
    def proposed(self, shared: Shared) -> Decision:
        lock_record(shared.desk, shared.record_id, name="Nadia Brightwater", ink=None)
        arrives(shared.desk, Colleague().says(shared.view, PATH, THEIRS))
        return of_record(shared.desk, shared.record_id)[0]

    def test_is_listed_beside_the_signed_text(self, proposed: Decision) -> None:
        assert proposed.signed
        assert proposed.before is not None
        assert (proposed.before.text, [side.text for side in proposed.sides]) == (BEFORE, [THEIRS])

    def test_is_never_decided_in_the_record(self, shared: Shared, proposed: Decision) -> None:
        with pytest.raises(RecordLocked):
            decide(shared.desk, proposed.record_id, PATH, THEIRS, shown=proposed.shown)

    def test_becomes_a_signed_correction(self, shared: Shared, proposed: Decision) -> None:
        hash_before = shared.desk.vault.view(shared.record_id).content_hash
        said = {"reason": "Jonah rang the nan.", "name": "Nadia Brightwater"}
        with pytest.raises(WrongPassphrase):
            correct(shared.desk, proposed, proposed.sides[0], **said, passphrase="not the passphrase at all")
        with pytest.raises(SignatureRefused):
            correct(shared.desk, proposed, proposed.sides[0], reason=" ", name="N", passphrase=PASSPHRASE)
        correct(shared.desk, proposed, proposed.sides[0], **said, passphrase=PASSPHRASE)
        view = shared.desk.vault.view(shared.record_id)

        assert [(change.path, change.value) for change in view.amendments[0].changes] == [(PATH, THEIRS)]
        assert (view.content_hash, view.answer(PATH)) == (hash_before, BEFORE)
        assert decisions(shared.desk) == ()

    def test_can_be_left_out(self, shared: Shared, proposed: Decision) -> None:
        leave(shared.desk, proposed)

        assert decisions(shared.desk) == ()
        assert THEIRS in texts_in_history(shared)
