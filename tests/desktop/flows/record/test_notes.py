"""Notes beside a record: lines of a record of their own, which two laptops can both write in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.records import cell_path, row_path
from casework.typed_words import Half
from desktop.flows.desk import Desk
from desktop.flows.record import editing, notes


@pytest.fixture
def rhi(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    about = editing.new_record(desk, "missing_episode", child, {"found_at": "2026-03-25T21:40:00+00:00"})
    return editing.new_record(desk, "return_home_interview", child, {"episode_id": about})


def begun(desk: Desk, record: str, words: str) -> notes.Note:
    """A line as a person has it at its first letters."""
    lines = notes.notes(desk, record)
    note = notes.new_note(desk.now(), lines[-1] if lines else None)
    for path, value in notes.places_of(note).items():
        notes.write(desk, record, path, value)
    notes.write(desk, record, notes.OPEN, Half(note.row_id))
    notes.write(desk, record, cell_path("notes", note.row_id, "text"), words)
    return note


def test_a_line_is_there_and_still_being_written_after_a_restart(
    desk: Desk, rhi: str, reopen: Callable[[], Desk]
) -> None:
    first = notes.add_note(desk, rhi, "Row about phone.")
    note = begun(desk, rhi, "Says nobody asked her what")
    found = notes.notebook(reopen(), rhi)

    assert [line.text for line in found.lines] == ["Row about phone.", "Says nobody asked her what"]
    assert found.open_line == note.row_id
    assert first.position < note.position


def test_a_line_still_being_written_goes_to_the_council_as_any_draft(desk: Desk, rhi: str) -> None:
    """Nothing has to be added; which line is open is nobody’s business but this laptop’s."""
    note = begun(desk, rhi, "Says nobody")
    editing.seal_all(desk)
    said = desk.vault.operations(notes.notes_id(rhi))[-1]

    assert {change.path for change in said.changes} == {
        row_path("notes", note.row_id),
        cell_path("notes", note.row_id, "at"),
        cell_path("notes", note.row_id, "text"),
    }
    assert notes.notebook(desk, rhi).open_line == note.row_id


def test_a_corrected_note_keeps_its_time_and_its_history(desk: Desk, rhi: str) -> None:
    note = notes.add_note(desk, rhi, "Chips, no money")
    editing.seal_all(desk)
    notes.write(desk, rhi, cell_path("notes", note.row_id, "text"), "Chips, no money left after bus")
    editing.seal_all(desk)
    found = notes.notes(desk, rhi)

    assert [(line.text, line.at) for line in found] == [("Chips, no money left after bus", note.at)]
    said = [change.value for op in desk.vault.operations(notes.notes_id(rhi)) for change in op.changes]
    assert "Chips, no money" in said


def test_a_note_that_was_taken_out_is_in_the_history_only(desk: Desk, rhi: str) -> None:
    note = notes.add_note(desk, rhi, "Not hers")
    editing.seal_all(desk)
    notes.write(desk, rhi, row_path("notes", note.row_id), {"removed": True})

    assert notes.notes(desk, rhi) == ()
    notes.write(desk, rhi, row_path("notes", note.row_id), {"position": note.position})
    assert [line.text for line in notes.notes(desk, rhi)] == ["Not hers"]


def test_a_line_emptied_again_is_none(desk: Desk, rhi: str) -> None:
    note = begun(desk, rhi, "x")
    notes.write(desk, rhi, cell_path("notes", note.row_id, "text"), None)

    assert notes.notes(desk, rhi) == ()
