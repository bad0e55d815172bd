"""What was said is judged by who wrote it, whoever brings it, and whenever."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from casework.identifiers import OfficerId
from casework.records import Operation
from central.database.clock import stamp
from central.database.tables import device
from central.intake.quarantine_decisions import Deciding, Decision, listed
from central.people import accounts, revoking
from central.people.scope import supervised_buckets
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council


def put(council: Council, laptop: Pusher, state: str) -> None:
    with council.service.database.writing() as connection:
        connection.execute(update(device).where(device.c.id == laptop.device_id).values(state=state))


@pytest.fixture
def known_to_both(council: Council) -> tuple[Pusher, Pusher, Operation]:
    """Ann's words of a child that Ben works with too, which the service has lost with its disk; Ben's laptop has been
    withdrawn since."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    for officer_id in ("ann", "ben"):
        council.allocate(officer_id, "child-1")
    return ann, ben, ann.create("child-1", given_name="Zoë")


def test_a_withdrawn_laptop_brings_a_colleagues_words_in_good_standing(
    council: Council, known_to_both: tuple[Pusher, Pusher, Operation]
) -> None:
    ann, ben, said = known_to_both
    with council.service.database.writing() as connection:
        revoking.revoke(connection, ben.device_id, "drain", council.clock())

    assert statuses(ben.push(said)) == ["accepted"]
    assert statuses(ann.push(said)) == ["duplicate"]


def test_its_own_words_and_those_of_names_it_gave_up_still_wait_for_somebody(council: Council) -> None:
    """The key of the old name may be in the same wrong hands."""
    old, new = Pusher.of(council, "ann"), Pusher.of(council, "ann")
    put(council, old, "forked")
    put(council, new, "drain")

    assert statuses(new.push(new.create("child-2", given_name="B"))) == ["quarantined device_revoked"]
    assert statuses(new.push(old.create("child-1", given_name="A"))) == ["quarantined device_revoked"]


def test_words_of_a_name_that_was_given_up_are_not_a_withdrawn_laptops(
    council: Council, known_to_both: tuple[Pusher, Pusher, Operation]
) -> None:
    ann, ben, said = known_to_both
    put(council, ann, "forked")
    put(council, ben, "drain")

    assert statuses(ben.push(said)) == ["accepted"]


def test_who_brings_it_next_may_vouch_for_what_was_refused_for_who_brought_it(council: Council) -> None:
    """Ann's other laptop was withdrawn, and brought first what the first one said under a name it gave up."""
    first, other, now = (Pusher.of(council, "ann") for _ in range(3))
    said = first.create("child-1", given_name="Zoë")
    put(council, first, "forked")
    put(council, other, "drain")
    answers = [statuses(laptop.push(said)) for laptop in (other, other, now, other)]

    assert answers == [["quarantined device_revoked"]] * 2 + [["accepted"], ["duplicate"]]


def test_what_somebody_decided_stays_decided(council: Council) -> None:
    first, other, now = (Pusher.of(council, "ann") for _ in range(3))
    said = first.create("child-1", given_name="Zoë")
    put(council, first, "forked")
    put(council, other, "drain")
    other.push(said)
    deciding = Deciding(council.service.database, council.service.definitions, council.clock)
    deciding.decide(Decision(said.op_id, "reject", "d-1", by=OfficerId("boss"), reason="because"))

    assert statuses(now.push(said)) == ["rejected device_revoked"]


def test_a_writer_who_works_with_the_child_needs_no_colleague_who_does(council: Council) -> None:
    """After a restore a colleague may be off the case, and brought out of scope what its author may well say."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    council.allocate("ann", "child-1")
    said = ann.create("child-1", given_name="Zoë")

    assert statuses(ben.push(said)) == ["accepted"]


def test_a_child_that_a_colleague_brings_back_is_its_authors(council: Council) -> None:
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    said = ann.create("child-1", given_name="Zoë")
    more = ann.change("child-1", "child", "core", "known_as", "Zo")

    assert statuses(ben.push(said)) == ["accepted"]
    assert statuses(ann.push(said, more)) == ["duplicate", "accepted"]
    assert [item.op_id for item in ben.pull().items] == []


def test_what_waited_for_its_laptop_to_be_known_is_judged_by_its_writer(council: Council) -> None:
    """The colleague's laptop that had brought it joined again meanwhile, under a new name."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    council.allocate("ann", "child-1")
    said = ann.create("child-1", given_name="Zoë")
    with council.service.database.writing() as connection:
        kept = accounts.device_of(connection, ann.device_id)
        connection.execute(device.delete().where(device.c.id == ann.device_id))
    assert statuses(ben.push(said)) == ["quarantined bad_signature"]
    assert kept is not None
    with council.service.database.writing() as connection:
        accounts.keep_device(connection, kept)
    put(council, ben, "forked")

    assert council.service.intake.retry_unsigned([ann.device_id]) == 1
    assert statuses(ann.push(said)) == ["duplicate"]


def test_a_manager_sees_a_child_that_only_such_words_name(council: Council) -> None:
    """A withdrawn laptop's new child was in nobody's scope, so nobody was asked about it."""
    ann = Pusher.of(council, "ann")
    council.officer("boss", "missing_manager")
    put(council, ann, "drain")
    said = ann.create("child-1", given_name="Zoë")
    ann.push(said)

    with council.service.database.reading() as connection:
        boss, ben = (accounts.officer_of(connection, OfficerId(name)) for name in ("boss", "ben"))
        seen = supervised_buckets(connection, boss, stamp(council.clock()))
        items = listed(connection, buckets=seen, undecided=True)
        assert supervised_buckets(connection, ben, stamp(council.clock())) == set()
    assert [item.op_id for item in items] == [said.op_id]
