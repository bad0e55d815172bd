"""What was not taken in, as a supervisor sees it on a laptop of their own, and what comes of each decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.errors import AnswerError, SyncError
from casework.identifiers import OfficerId, OperationId
from central.database.errors import Refused
from central.intake.quarantine_decisions import Deciding, Decision
from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.council import review
from desktop.flows.desk import Desk
from desktop.verbs.deeds import DEEDS
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
    return DEEDS[args.verb](args, desk)


def test_a_supervisor_reads_what_it_says_and_why_it_is_there(late: tuple[Laptop, Desk, str]) -> None:
    _ann, desk, item = late
    (found,) = review.reviews(desk)
    value, said = run(desk, "quarantine")

    assert (found.op_id, found.status, found.may_accept) == (item, "quarantined", True)
    assert LATE in [answer for _question, answer in found.words]
    assert all(words in said for words in (item, LATE, found.why, "Zoë"))
    assert value == [review.as_json(found)]


def test_what_is_taken_in_reaches_its_readers(late: tuple[Laptop, Desk, str]) -> None:
    ann, desk, item = late
    assert run(desk, "review", item, "accept", "--why", "Agreed by telephone.")[1].startswith("Taken in")
    ann.synced()

    assert ann.answer("child-1", "known_as") == LATE
    assert review.reviews(desk) == ()
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
    assert [(one.status, one.why) for one in review.reviews(desk)] in ([], [(status, "It is another child.")])


def test_a_child_who_is_not_on_this_laptop_hides_nothing(late: tuple[Laptop, Desk, str], join: Join) -> None:
    """A supervisor's new laptop has fetched nothing yet, and reads and decides all the same."""
    desk = Desk(join("boss").vault, CATALOGUE, late[1].now)
    (found,) = review.reviews(desk)

    assert (found.child, found.officer, found.beside[0].stands) == (review.NO_CHILD, "Ben", None)
    assert review.decide(desk, found.op_id, "return", "Why not.") == review.LINES["return"]
    assert [one.status for one in review.reviews(desk)] == ["returned"]
    assert review.waiting_for_decision(desk) == 0


def test_nobody_else_decides_and_nobody_without_a_reason(late: tuple[Laptop, Desk, str]) -> None:
    ann, desk, item = late
    worker = Desk(ann.vault, CATALOGUE, ann.now)

    assert review.reviews(worker) == ()
    with pytest.raises(SyncError):
        review.decide(worker, OperationId(item), "accept", "Because.")
    with pytest.raises(AnswerError, match="Say why"):
        review.decide(desk, OperationId(item), "accept", "  ")
    assert len(review.reviews(desk)) == 1


def test_nobody_decides_about_what_they_wrote_or_brought(late: tuple[Laptop, Desk, str], council: Council) -> None:
    """The service refuses it, whatever a laptop shows: another manager decides."""
    _ann, _desk, item = late
    deciding = Deciding(council.service.database, council.service.definitions, council.service.now)
    own = Decision(OperationId(item), "accept", "d1", by=OfficerId("ben"), reason="I wrote it.")
    with pytest.raises(Refused, match="your own laptop") as refused:
        deciding.decide(own, within={"child-1:core"})

    assert refused.value.status == 403
    assert (
        deciding.decide(replace(own, by=OfficerId("boss"), decision_id="d2"), within={"child-1:core"}).status
        == "accepted"
    )
