"""Words that were not taken in, as their author has them: the reason comes with a sync, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from casework.errors import AnswerError, RecordError
from casework.identifiers import BucketId, OperationId
from casework.records import RecordView
from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.council import not_taken_in, review, sending
from desktop.flows.council.review import Choice
from desktop.flows.desk import Desk
from desktop.flows.due.today import today
from desktop.sync import recount
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop

CATALOGUE = build_catalogue()
LATE = "Zo, she says. “عمر” & <b>Ōtsuka</b>"
WHY = "You had Zoë again from Monday. Say it again."


class Parted:
    """Ben wrote about a child that had left his caseload; it lies in quarantine, and the record has left his laptop."""

    def __init__(self, council: Council, join: Join) -> None:
        council.officer("boss", "missing_manager")
        self.council = council
        self.ann, self.ben, self.boss = join("ann"), join("ben"), join("boss")
        self.child = self.ann.child("child-1", given_name="Zoë", family_name="Ōtsuka", known_as="Zed")
        self.ann.synced()
        council.allocate("ben", self.child)
        self.ben.synced()
        self.boss.synced()
        self.item = self.ben.say(self.child, known_as=LATE).op_id
        council.withdraw("ben", self.child)
        assert self.ben.sync().quarantined == 1

    @property
    def desk(self) -> Desk:
        return desk_of(self.ben)

    def decided(self, choice: Choice, why: str = WHY) -> None:
        review.decide(desk_of(self.boss), self.item, choice, why)

    def regained(self) -> None:
        self.council.allocate("ben", self.child)
        self.ben.synced()


def _seeing(view: RecordView, *op_ids: OperationId) -> RecordView:
    """As a program would have it that had seen a signature and lets nobody know."""
    return replace(view, heads=op_ids)


def desk_of(laptop: Laptop) -> Desk:
    return Desk(laptop.vault, CATALOGUE, laptop.now)


@pytest.fixture
def parted(council: Council, join: Join) -> Parted:
    return Parted(council, join)


def run(desk: Desk, *line: str) -> tuple[object, str]:
    args = parse_arguments(line)
    return DEEDS[args.verb](args, desk)


def test_the_author_reads_what_it_was_before_anybody_has_decided(parted: Parted) -> None:
    """The record has left, and the words have not; a restart changes nothing."""
    parted.ben = parted.ben.reopened()
    (found,) = not_taken_in.returned(parted.desk)
    value, said = run(parted.desk, "returned")

    assert (found.op_id, found.status, found.may_say, found.child) == (
        parted.item, "quarantined", False, not_taken_in.NO_CHILD,
    )  # fmt: skip
    assert [one.text for one in found.beside] == [LATE]
    assert found.why in said
    assert LATE in said
    assert json.loads(json.dumps(value)) == [not_taken_in.as_json(found)]
    assert [one.title for one in today(parted.desk).returned] == ["Not taken in yet"]
    assert sending.waiting_count(parted.desk) == 0
    parted.ben.vault.close()


@pytest.mark.parametrize(("choice", "state"), [("return", "Given back to you"), ("reject", "Not taken in")])
def test_what_the_supervisor_said_comes_with_the_next_sync(parted: Parted, choice: Choice, state: str) -> None:
    parted.decided(choice)
    parted.ben.synced()
    (found,) = sending.sending(parted.desk).returned

    assert (found.state, found.why) == (state, WHY)
    assert LATE in found.text


def test_what_was_taken_in_leaves_the_queue_by_itself(parted: Parted) -> None:
    parted.decided("accept")
    parted.ben.synced()
    parted.ann.synced()

    assert not_taken_in.returned(parted.desk) == ()
    assert [one.ending for one in not_taken_in.dealt_with(parted.desk)] == ["Taken in after all"]
    assert parted.ann.answer(parted.child, "known_as") == LATE


def test_said_again_it_is_received_and_stands_everywhere(parted: Parted) -> None:
    """Given back with a reason, said again in the record, received; the first words stay as they were."""
    parted.decided("return")
    parted.regained()
    (found,) = not_taken_in.returned(parted.desk)
    assert (found.may_say, [one.stands for one in found.beside]) == (True, ["Zed"])

    value, said = run(parted.desk, "deal", parted.item, "again")
    report = parted.ben.synced()
    parted.ann.synced()

    assert (said, report.accepted) == (not_taken_in.SAID, 1)
    assert value == {"item": parted.item, "dealt": "again", "said": said}
    assert parted.ann.texts(parted.child, "known_as") == {LATE} == parted.ben.texts(parted.child, "known_as")
    assert not_taken_in.returned(parted.desk) == ()
    (kept,) = not_taken_in.dealt_with(parted.desk)
    assert (kept.ending, [one.text for one in kept.beside]) == ("You said it again", [LATE])
    assert run(parted.desk, "returned", "--dealt-with")[0] == [not_taken_in.as_json(kept)]
    with pytest.raises(RecordError):
        not_taken_in.say_again(parted.desk, parted.item)


def test_what_somebody_wrote_since_is_not_replaced(parted: Parted) -> None:
    """The words had not seen it, so both stand until a person decides."""
    parted.ann.say(parted.child, known_as="Zuzu")
    parted.ann.synced()
    parted.decided("return")
    parted.regained()
    (found,) = not_taken_in.returned(parted.desk)

    assert [one.stands for one in found.beside] == ["Zuzu"]
    assert not_taken_in.say_again(parted.desk, parted.item) == not_taken_in.BOTH
    parted.ben.synced()
    parted.ann.synced()
    assert parted.ann.texts(parted.child, "known_as") == {LATE, "Zuzu"} == parted.ben.texts(parted.child, "known_as")


def test_undecided_it_can_be_said_again_and_waits_for_nobody(parted: Parted) -> None:
    """Taken in as well afterwards, the same words stand once."""
    parted.regained()
    assert not_taken_in.say_again(parted.desk, parted.item) == not_taken_in.SAID
    assert parted.ben.synced().accepted == 1
    parted.decided("accept")
    for laptop in (parted.ben, parted.ann, parted.ben):
        laptop.synced()

    assert parted.ann.texts(parted.child, "known_as") == {LATE} == parted.ben.texts(parted.child, "known_as")
    hashes = {laptop.view(parted.child).content_hash for laptop in (parted.ann, parted.ben)}
    assert len(hashes) == 1


def test_what_the_record_says_already_is_not_said_twice(parted: Parted) -> None:
    parted.ann.say(parted.child, known_as=LATE)
    parted.ann.synced()
    parted.decided("return")
    parted.regained()

    assert not_taken_in.say_again(parted.desk, parted.item) == not_taken_in.STANDS
    assert parted.ben.vault.outbox.waiting() == []
    assert not_taken_in.returned(parted.desk) == ()


def test_without_its_record_it_can_only_be_copied_or_dealt_with(parted: Parted) -> None:
    parted.decided("return")
    parted.ben.synced()
    (found,) = not_taken_in.returned(parted.desk)
    assert (found.may_say, found.hint) == (False, not_taken_in.GONE)
    with pytest.raises(RecordError, match="Copy the words"):
        not_taken_in.say_again(parted.desk, parted.item)
    assert run(parted.desk, "deal", parted.item, "done")[1] == not_taken_in.DONE
    parted.ben = parted.ben.reopened()

    assert not_taken_in.returned(parted.desk) == ()
    assert [(one.ending, LATE in one.text) for one in not_taken_in.dealt_with(parted.desk)] == [
        ("You dealt with it", True)
    ]
    assert "dealt_with" in [entry.event for entry in parted.ben.vault.audit.entries()]
    parted.ben.vault.close()


def test_words_upon_words_that_came_back_replace_what_those_replaced(council: Council, join: Join) -> None:
    """Neither was taken in; said again one after the other, nothing of them stands beside the other."""
    council.officer("boss", "missing_manager")
    ann, ben, boss = join("ann"), join("ben"), join("boss")
    child = ann.child("child-1", given_name="Zoë", known_as="Zed")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    boss.synced()
    items = [ben.say(child, known_as=words).op_id for words in ("First", "Second")]
    council.withdraw("ben", child)
    ben.sync()
    review.decide(desk_of(boss), items[0], "return", WHY)
    review.decide(desk_of(boss), items[1], "return", WHY)
    council.allocate("ben", child)
    ben.synced()

    assert [one.op_id for one in not_taken_in.returned(desk_of(ben))] == items
    assert not_taken_in.say_again(desk_of(ben), items[1]) == not_taken_in.SAID
    not_taken_in.done(desk_of(ben), items[0])
    ben.synced()
    ann.synced()
    assert ann.texts(child, "known_as") == {"Second"} == ben.texts(child, "known_as")


def test_a_signed_record_gets_a_proposal(council: Council, join: Join) -> None:
    """Its author had seen the signature, so it was not taken in; said again it stands beside the record."""
    council.officer("boss", "missing_manager")
    ann, boss = join("ann"), join("boss")
    child = ann.child("child-1", given_name="Zoë", known_as="Zed")
    before = ann.view(child)
    signature = ann.sign(child).op_id
    ann.synced()
    late = ann.say_over(_seeing(before, signature), known_as=LATE)
    assert ann.sync().quarantined == 1
    (found,) = not_taken_in.returned(desk_of(ann))

    assert (found.signed, found.may_say, [one.stands for one in found.beside]) == (True, True, ["Zed"])
    assert not_taken_in.say_again(desk_of(ann), late.op_id) == not_taken_in.PROPOSED
    assert ann.synced().accepted == 1
    boss.synced()
    (proposed,) = boss.view(child).proposed
    assert [change.value for change in proposed.changes] == [LATE]
    assert (boss.answer(child, "known_as"), boss.view(child).signatures[0].intact) == ("Zed", True)


def test_a_wrong_answer_is_not_said_again_as_it_is(council: Council, join: Join) -> None:
    """Its author writes it anew in the record, and then says that it is dealt with."""
    ann = join("ann")
    child = ann.child("child-1", given_name="Zoë")
    late = ann.say(child, sex="not an answer")
    assert ann.sync().quarantined == 1
    with pytest.raises(AnswerError):
        not_taken_in.say_again(desk_of(ann), late.op_id)
    assert len(not_taken_in.returned(desk_of(ann))) == 1
    not_taken_in.done(desk_of(ann), late.op_id)

    assert ann.answer(child, "sex") is None
    assert ann.vault.outbox.waiting() == []


@pytest.mark.parametrize("dealt", [False, True])
def test_the_weekly_check_does_not_take_it_for_a_fault(council: Council, join: Join, dealt: bool) -> None:
    """The two sides show different things for as long as it is undecided, and the same once it is dealt with."""
    ann = join("ann")
    child = ann.child("child-1", given_name="Zoë")
    ann.synced()
    late = ann.say(child, sex="not an answer")
    assert ann.sync().quarantined == 1
    if dealt:
        not_taken_in.done(desk_of(ann), late.op_id)
    council.clock.move(days=8)

    assert ann.synced().problem is None
    assert "alarm" not in [entry.event for entry in ann.vault.audit.entries()]
    assert recount.state_sum(ann.vault, BucketId(f"{child}:core")) != "" or not dealt


def test_nobody_elses_laptop_has_them(parted: Parted) -> None:
    assert not_taken_in.returned(desk_of(parted.ann)) == ()
    with pytest.raises(RecordError, match="homeward returned"):
        not_taken_in.done(desk_of(parted.ann), parted.item)


def test_a_supervisors_laptop_knows_how_many_wait(parted: Parted) -> None:
    parted.boss.synced()
    assert today(desk_of(parted.boss)).to_review == 1
    assert today(parted.desk).to_review == 0
    parted.decided("return")
    parted.boss.synced()
    assert sending.sending(desk_of(parted.boss)).to_review == 0
