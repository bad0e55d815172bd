"""What was typed is taken back by word and by pause, and done again; kept and read, it is the same trail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.typed_words import Half
from desktop.flows.record.undo_trail import MOST, MOST_BYTES, PAUSE, UndoStep, UndoTrail

PATH = "f/during"


def typed(trail: UndoTrail, words: str, start: str = "", at: float = 0.0, path: str = PATH) -> None:
    for number in range(len(words)):
        before, after = start + words[:number], start + words[: number + 1]
        trail.note(path, before or None, after, at + number / 10)


def taken_back(trail: UndoTrail) -> list[JSON | Half]:
    found = []
    while (step := trail.back()) is not None:
        found.append(step.before)
    return found


def test_a_step_is_a_word_with_the_space_behind_it() -> None:
    trail = UndoTrail()
    typed(trail, "I got the bus")

    assert taken_back(trail) == ["I got the ", "I got ", "I ", None]


def test_a_pause_ends_a_step_and_so_does_another_box_and_what_is_pasted() -> None:
    trail = UndoTrail()
    typed(trail, "half")
    typed(trail, "way", "half", at=PAUSE + 1)
    typed(trail, "x", at=PAUSE + 2, path="f/other")
    trail.note(PATH, "halfway", "halfway there and back", PAUSE + 2.1)

    assert taken_back(trail) == ["halfway", None, "half", None]


def test_taking_letters_out_is_a_step_of_its_own() -> None:
    trail = UndoTrail()
    typed(trail, "bus")
    trail.note(PATH, "bus", "bu", 0.4)
    trail.note(PATH, "bu", "b", 0.5)

    assert taken_back(trail) == ["bus", None]


def test_done_again_until_something_else_is_done() -> None:
    trail = UndoTrail()
    typed(trail, "one two")
    assert trail.back() == UndoStep(PATH, "one ", "one two")
    assert trail.again() == UndoStep(PATH, "one ", "one two")
    assert trail.again() is None
    trail.back()
    trail.note("f/met", None, "yes", 9.0)

    assert trail.again() is None
    assert taken_back(trail) == [None, None]


def test_a_place_that_is_forgotten_leaves_the_others() -> None:
    trail = UndoTrail()
    typed(trail, "one")
    typed(trail, "two", path="f/other")
    trail.note(PATH, "one", "one and two", 9.0)
    trail.forget(PATH)

    assert taken_back(trail) == [None]
    assert trail.back() is None


STATES: st.SearchStrategy[JSON | Half] = st.one_of(
    st.none(), st.booleans(), st.text(max_size=30), st.builds(Half, st.text(max_size=9), st.just("Not a date"))
)


@given(st.lists(st.tuples(st.sampled_from(["f/a", "f/b"]), STATES), max_size=12), st.integers(0, 12))
def test_kept_and_read_it_is_the_same(deeds: list[tuple[str, JSON | Half]], back: int) -> None:
    trail = UndoTrail()
    for number, (path, after) in enumerate(deeds):
        trail.note(path, None, after, number * 10.0)
    for _ in range(back):
        trail.back()
    again = UndoTrail(trail.kept())

    assert again.kept() == trail.kept()
    assert taken_back(again) == taken_back(trail)


def test_it_is_bounded_and_the_oldest_go_first() -> None:
    trail = UndoTrail()
    for number in range(MOST + 50):
        trail.note(PATH, "x" * 2_000, f"{number}", number * 10.0)
    again = UndoTrail(trail.kept())
    last = again.back()

    assert len(taken_back(trail)) == MOST
    assert last == UndoStep(PATH, "x" * 2_000, f"{MOST + 49}")
    assert len(taken_back(again)) < MOST_BYTES / 2_000
    assert UndoTrail({"steps": [7]}).back() is None
