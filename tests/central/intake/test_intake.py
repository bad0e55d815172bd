"""Each operation's own answer, on either database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from casework.errors import AnswerError
from casework.identifiers import BucketId, OfficerId, OperationId
from casework.records import Change, Kind, field_path
from casework.records.digest import digest_of
from casework.wire.protocol import Sealed, seal
from central.database import tables
from central.feed import feed
from central.intake.quarantine_decisions import Deciding, Decision
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council


def test_numbers_wait_for_the_one_that_is_missing(council: Council) -> None:
    """Invariant I9: whatever the order of arrival, the feed has each laptop's own order."""
    ann = Pusher.of(council, "ann")
    first, second, third = (ann.create(f"child-{number}", given_name="A") for number in range(3))

    assert statuses(ann.push(third)) == ["held dependency_missing"]
    assert statuses(ann.push(third, second)) == ["held dependency_missing"] * 2
    assert statuses(ann.push(first)) == ["accepted"]
    assert [item.op_id for item in ann.pull().items] == [first.op_id, second.op_id, third.op_id]
    assert statuses(ann.push(second, third)) == ["duplicate"] * 2


def test_a_shuffled_batch_is_taken_in_its_authors_order(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ops = [ann.create(f"child-{number}", given_name="A") for number in range(4)]

    assert statuses(ann.push(*reversed(ops))) == ["accepted"] * 4
    assert [item.op_id for item in ann.pull().items] == [op.op_id for op in ops]


def test_a_push_needs_one_connection_though_the_form_is_not_at_hand(council: Council) -> None:
    """Each with a second one in hand: so many laptops at once waited for each other until the pool gave up."""
    ann, lent = Pusher.of(council, "ann"), [0]
    pool, definitions = council.service.database.engine.pool, council.service.definitions
    definitions._known.clear()
    event.listen(pool, "checkout", lambda *_: lent.append(lent[-1] + 1))
    event.listen(pool, "checkin", lambda *_: lent.append(lent[-1] - 1))

    assert statuses(ann.push(ann.create("child-1", given_name="A"))) == ["accepted"]
    assert definitions._known
    assert max(lent) == 1


def test_only_what_depends_on_a_bad_item_waits_for_it(council: Council) -> None:
    """Invariant I11; and a decision about it sets the rest free."""
    ann = Pusher.of(council, "ann")
    begun = ann.create("child-1", given_name="A")
    bad = replace(
        begun,
        op_id=OperationId("bad"),
        device_seq=2,
        kind=Kind.SET,
        after=(begun.op_id,),
        changes=(Change(field_path("no_such_question"), "x"),),
        body={},
    ).sealed_with(ann.author.key)
    after = replace(
        bad,
        op_id=OperationId("after"),
        device_seq=3,
        after=(OperationId("bad"),),
        changes=(Change(field_path("known_as"), "Al"),),
    ).sealed_with(ann.author.key)
    ann.number = 3
    other = ann.create("child-2", given_name="B")

    answers = statuses(ann.push(begun, bad, after, other))

    assert answers == ["accepted", "quarantined schema_invalid", "held dependency_missing", "accepted"]
    assert statuses(ann.push(bad, after)) == answers[1:3]
    deciding = Deciding(council.service.database, council.service.definitions, council.clock)
    decided = deciding.decide(
        Decision(OperationId("bad"), "reject", "d-1", by=OfficerId("boss"), reason="no such question")
    )
    assert decided.status == "rejected"
    assert [item.op_id for item in ann.pull().items] == [begun.op_id, other.op_id, "after"]


def test_what_a_colleague_brought_first_does_not_stop_its_author(council: Council) -> None:
    """After a restore ben relays ann's words about a child that neither may write about any longer: her others go on
    when she comes."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    ann.push(ann.create("child-1", given_name="A"))
    missing = ann.create("child-2", given_name="B")
    relayed = ann.change("child-1", "child", "core", "known_as", "C")
    council.withdraw("ann", "child-1")
    assert statuses(ben.push(relayed)) == ["quarantined out_of_scope"]

    assert statuses(ann.push(relayed)) == ["held dependency_missing"]  # as if he had not been there
    assert statuses(ann.push(missing)) == ["accepted"]
    assert statuses(ann.push(relayed)) == ["quarantined out_of_scope"]
    assert statuses(ann.push(ann.create("child-3", given_name="D"))) == ["accepted"]


def test_a_decision_sets_free_what_waited_for_the_number(council: Council) -> None:
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    ann.push(ann.create("child-1", given_name="A"))
    relayed = ann.change("child-1", "child", "core", "known_as", "B")
    council.withdraw("ann", "child-1")
    assert statuses(ben.push(relayed)) == ["quarantined out_of_scope"]
    council.allocate("ann", "child-1")
    later = ann.create("child-2", given_name="C")
    assert statuses(ann.push(later)) == ["held dependency_missing"]

    deciding = Deciding(council.service.database, council.service.definitions, council.clock)
    deciding.decide(Decision(relayed.op_id, "accept", "d-1", by=OfficerId("boss"), reason="it is hers"))

    assert [item.op_id for item in ann.pull().items][-2:] == [relayed.op_id, later.op_id]


def test_what_cannot_be_read_is_kept_as_it_came(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    good = seal(ann.create("child-1", given_name="A"))
    spaced = Sealed(op_id=good.op_id, payload=good.payload.replace(",", ", ", 1), signature=good.signature)
    rubbish = Sealed(op_id=OperationId("rubbish"), payload="not json at all", signature="zz")
    results, _ = council.service.intake.push(ann.device_id, [rubbish, spaced, good])

    assert statuses(results) == ["quarantined schema_invalid", "quarantined schema_invalid", "accepted"]
    with council.service.database.reading() as connection:
        kept = set(connection.execute(select(tables.waiting.c.payload)).scalars())
    assert kept == {rubbish.payload, spaced.payload}


def test_a_signature_counts_for_its_own_laptop_and_officer_only(council: Council) -> None:
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    begun = ann.create("child-1", given_name="A")
    unsigned = replace(begun, signature="00" * 64)
    stolen = replace(begun, officer_id=OfficerId("ben")).sealed_with(ann.author.key)
    by_other = begun.sealed_with(ben.author.key)

    assert statuses(ann.push(unsigned, stolen, by_other)) == ["quarantined bad_signature"] * 3
    assert statuses(ann.push(begun)) == ["accepted"]


def test_a_child_of_others_cannot_be_gained_by_writing_about_it(council: Council) -> None:
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    ann.push(ann.create("child-1", given_name="A"))

    intruding = ben.create("child-1", record="other", given_name="B")
    assert statuses(ben.push(intruding)) == ["quarantined out_of_scope"]
    assert ben.pull().items == []
    assert len(ann.pull().items) == 1


def test_every_page_proves_itself(council: Council) -> None:
    """The running digest of a bucket is the digest of what has come into it so far."""
    ann = Pusher.of(council, "ann")
    ops = [ann.create("child-1", given_name="A")]
    ops += [
        ann.create("child-1", record=f"episode-{number}", strand="missing", form="missing_episode")
        for number in range(5)
    ]
    ann.push(*ops)

    cursor, held = 0, []
    while True:
        reply = ann.pull(cursor, limit=2)
        assert len(reply.items) <= 2
        held += [(item.bucket, item.op_id) for item in reply.items]
        hashes = {op.op_id: op.payload_hash for op in ops}
        for bucket, found in reply.digests.items():
            mine = digest_of((op_id, hashes[op_id]) for name, op_id in held if name == bucket)
            assert (found.count, found.sum) == (mine.count, mine.hex)
        cursor = reply.cursor_to
        if not reply.more:
            break
    assert [op_id for _, op_id in held] == [op.op_id for op in ops]
    with council.service.database.reading() as connection:
        assert feed.current(connection, {BucketId("child-1:missing")})["child-1:missing"].count == 5


def test_a_signed_record_is_what_it_says(council: Council) -> None:
    """A signature over other content than the record's is not taken in."""
    ann = Pusher.of(council, "ann")
    begun = ann.create("child-1", given_name="A")
    forged = replace(
        begun,
        op_id=OperationId("signature"),
        device_seq=2,
        kind=Kind.SIGN,
        after=(begun.op_id,),
        changes=(),
        body={"heads": [begun.op_id], "content_hash": "00" * 32, "name": "Ann", "ink": None},
    ).sealed_with(ann.author.key)

    assert statuses(ann.push(begun, forged)) == ["accepted", "quarantined content_differs"]


def test_a_character_no_database_keeps_is_refused_at_the_door() -> None:
    """JSON can say it, a laptop never does."""
    with pytest.raises(AnswerError, match="payload"):
        Sealed.from_bytes(Sealed(op_id=OperationId("op"), payload="{\x00}", signature="").to_bytes())


def test_a_form_that_is_not_the_roles_is_refused_for_that_reason(council: Council) -> None:
    """It said that the officer was not allocated, of a child whose records that officer holds."""
    council.officer("una", "missing_coordinator")
    council.officer("ivo", "iro")
    ann, una, ivo = (Pusher.of(council, name) for name in ("ann", "una", "ivo"))
    ann.push(ann.create("child-1", given_name="A"))
    plan = una.create("child-1", "plan-1", "missing", "find_me_plan")
    (not_hers,) = una.push(plan)
    (reads,) = ivo.push(ivo.create("child-2", given_name="B"))

    assert (not_hers.code, not_hers.detail) == ("out_of_scope", "The officer's role may not write this form.")
    assert (reads.code, reads.detail) == ("out_of_scope", "The officer's role reads records and does not write them.")
