"""What was not taken in, as a supervisor sees it on a laptop of their own, and what comes of each decision."""

from __future__ import annotations

import pytest

from casework.errors import AnswerError, SyncError
from desktop.cli import VERBS, parse_arguments
from desktop.compose import build_catalogue
from desktop.flows import reviewing
from desktop.flows.desk import Desk
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop

CATALOGUE = build_catalogue()
LATE = "Zo, she says"


@pytest.fixture
def late(council: Council, join: Join) -> tuple[Laptop, Desk, str]:
    """Ben wrote about a child that had left his caseload; the manager's desk, and the item."""
    council.officer("boss", "missing_manager")
    ann, ben, boss = join("ann"), join("ben"), join("boss")
    child = ann.child("child-1", given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    boss.synced()
    said = ben.say(child, known_as=LATE)
    council.withdraw("ben", child)
    assert ben.sync().quarantined == 1
    return ann, Desk(boss.vault, CATALOGUE, boss.now), said.op_id


def run(desk: Desk, *line: str) -> tuple[object, str]:
    args = parse_arguments(line)
    return VERBS[args.verb].deed(args, desk)


def test_a_supervisor_reads_what_it_says_and_why_it_is_there(late: tuple[Laptop, Desk, str]) -> None:
    _ann, desk, item = late
    (found,) = reviewing.reviews(desk)
    value, said = run(desk, "quarantine")

    assert (found.op_id, found.status, found.may_accept) == (item, "quarantined", True)
    assert LATE in [answer for _question, answer in found.words]
    assert all(words in said for words in (item, LATE, found.why, "Zoë"))
    assert value == [reviewing.as_json(found)]


def test_what_is_taken_in_reaches_its_readers(late: tuple[Laptop, Desk, str]) -> None:
    ann, desk, item = late
    assert run(desk, "review", item, "accept", "--why", "Agreed by telephone.")[1].startswith("Taken in")
    ann.synced()

    assert ann.answer("child-1", "known_as") == LATE
    assert reviewing.reviews(desk) == ()
    assert "reviewed" in [entry.event for entry in desk.vault.audit.entries()]


@pytest.mark.parametrize(("choice", "status"), [("return", "returned"), ("reject", "rejected")])
def test_what_is_not_keeps_its_reason_and_changes_no_record(
    late: tuple[Laptop, Desk, str], choice: str, status: str
) -> None:
    ann, desk, item = late
    run(desk, "review", item, choice, "--why", "It is another child.")
    run(desk, "review", item, choice, "--why", "It is another child.")
    ann.synced()

    assert ann.answer("child-1", "known_as") is None
    assert [(one.status, one.why) for one in reviewing.reviews(desk)] in ([], [(status, "It is another child.")])


def test_a_child_who_is_not_on_this_laptop_hides_nothing(late: tuple[Laptop, Desk, str], join: Join) -> None:
    """A supervisor's new laptop has fetched nothing yet, and reads and decides all the same."""
    desk = Desk(join("boss").vault, CATALOGUE, late[1].now)
    (found,) = reviewing.reviews(desk)

    assert (found.child, found.officer, found.beside[0].stands) == (reviewing.NO_CHILD, "Ben", None)
    assert reviewing.decide(desk, found.op_id, "return", "Why not.") == reviewing.LINES["return"]
    assert [one.status for one in reviewing.reviews(desk)] == ["returned"]
    assert reviewing.waiting_for_decision(desk) == 0


def test_nobody_else_decides_and_nobody_without_a_reason(late: tuple[Laptop, Desk, str]) -> None:
    ann, desk, item = late
    worker = Desk(ann.vault, CATALOGUE, ann.now)

    assert reviewing.reviews(worker) == ()
    with pytest.raises(SyncError):
        reviewing.decide(worker, item, "accept", "Because.")
    with pytest.raises(AnswerError, match="Say why"):
        reviewing.decide(desk, item, "accept", "  ")
    assert len(reviewing.reviews(desk)) == 1
