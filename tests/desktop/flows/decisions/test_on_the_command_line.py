"""`homeward decisions` and `homeward decide`: every text is printed, and one line decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import AnswerError, ChangedMeanwhile, UnknownRecord
from desktop.cli import parse_arguments
from desktop.flows.decisions import on_the_command_line
from desktop.flows.decisions.conflicts import decisions
from desktop.flows.desk import Desk
from desktop.verbs.deeds import DEEDS
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, Shared, arrives, share

MINE = "By 20:00 on a school night."
THEIRS = "Ring her nan, then the manager."


@pytest.fixture
def shared(desk: Desk) -> Shared:
    found = share(desk)
    found.mine("missing_when", MINE)
    arrives(desk, Colleague().says(found.view, PATH, THEIRS))
    return found


def said(desk: Desk, *line: str) -> tuple[object, str]:
    args = parse_arguments(line)
    return DEEDS[args.verb](args, desk)


def decide(shared: Shared, *line: str, path: str = PATH) -> None:
    """Having read what stands there now."""
    read = [op_id for found in decisions(shared.desk) if found.path == path for op_id in found.shown]
    said(shared.desk, "decide", shared.record_id, path, "--seen", *(read or ["none"]), *line)


def answer(shared: Shared) -> object:
    view = shared.desk.vault.view(shared.record_id)
    return None if view.conflicts else view.answer(PATH)


def test_each_text_is_printed_with_its_author_its_time_and_its_id(shared: Shared) -> None:
    value, told = said(shared.desk, "decisions")
    (found,) = decisions(shared.desk)

    assert all(text in told for text in (BEFORE, MINE, THEIRS, "You, ", "Another officer (o2), 26 March 2026, 16:48"))
    assert all(op_id in told for op_id in found.shown)
    assert value == [on_the_command_line.as_json(found)]


def test_one_of_the_texts_is_used(shared: Shared) -> None:
    decide(shared, "--use", "d2-1", "--why", "Agreed.")

    assert answer(shared) == THEIRS
    assert said(shared.desk, "decisions") == ([], "Nothing to decide.")


def test_both_are_kept(shared: Shared) -> None:
    both = decisions(shared.desk)[0].both
    decide(shared, "--both")

    assert answer(shared) == both


def test_a_new_text_comes_from_a_file(shared: Shared, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_bytes("By 20:00:\n  ring “Pauline”.\n".encode())
    decide(shared, "--file", str(tmp_path / "new.txt"))

    assert answer(shared) == "By 20:00:\n  ring “Pauline”."


def test_what_cannot_be_decided_is_said_and_decides_nothing(shared: Shared, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ChangedMeanwhile):
        decide(shared, "--use", "nobody-1")
    with pytest.raises(UnknownRecord):
        decide(shared, "--both", path="f/late_not_missing")
    with pytest.raises(AnswerError):
        decide(shared, "--file", str(tmp_path / "new.txt"))
    with pytest.raises(SystemExit):
        decide(shared, "--both", "--use", "d2-1")

    assert answer(shared) is None


def test_choices_cannot_be_kept_side_by_side(shared: Shared) -> None:
    shared.mine("risk_level", "high")
    arrives(shared.desk, Colleague("o3", "d3").says(shared.view, "f/risk_level", "low"))
    with pytest.raises(AnswerError):
        decide(shared, "--both", path="f/risk_level")


def test_a_text_that_arrived_after_the_others_were_read_is_not_replaced(shared: Shared) -> None:
    """Scenario 4 on the command line: a sync runs between `decisions` and `decide`."""
    (read,) = decisions(shared.desk)
    arrives(shared.desk, Colleague("o3", "d3").says(shared.view, PATH, "Ring at once."))

    with pytest.raises(ChangedMeanwhile):
        said(shared.desk, "decide", shared.record_id, PATH, "--seen", *read.shown, "--use", "d2-1")

    assert answer(shared) is None
    (now,) = decisions(shared.desk)
    assert {side.text for side in now.sides} == {MINE, THEIRS, "Ring at once."}
