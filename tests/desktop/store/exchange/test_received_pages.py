"""What comes from the central service and what goes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import BugError
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId
from casework.records import Change, Merge, Operation, RecordView, Stamp, field_path
from casework.records.digest import BucketDigest, digest_of
from desktop.store.database.writer import MOST_VALUES
from desktop.store.disk.errors import StalePage
from desktop.store.exchange.received_pages import Page, PageItem
from desktop.store.vault import Vault
from tests.desktop.store.making import FORM, begin, foreign, made, opened, say

BUCKET = BucketId("child-1:missing")
AT = "2026-03-28T09:00:00+00:00"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault-1")
    yield vault
    vault.close()


def some(count: int, record: str = "r9") -> list[Operation]:
    view = RecordView(RecordId(record), FORM, 1, bucket=BUCKET)
    first = foreign(1, record, ())
    return [first, *(foreign(n, record, [Change(field_path(f"q{n}"), n)], view=view) for n in range(2, count + 1))]


def page_of(operations: list[Operation], *, start: int = 0, digest: BucketDigest | None = None) -> Page:
    items = tuple(PageItem(start + n, BUCKET, "op", op.op_id, op.record_id) for n, op in enumerate(operations, 1))
    wanted = digest or digest_of((op.op_id, op.payload_hash) for op in operations)
    return Page(start, start + len(items), items, {BUCKET: wanted})


def test_a_page_its_cursor_and_its_digest_are_one(vault: Vault) -> None:
    operations = some(5)
    vault.take(operations, page=page_of(operations))

    assert vault.feed.standing().cursor == 5
    assert vault.feed.digest(BUCKET) == vault.feed.recount(BUCKET)
    assert vault.feed.digest(BUCKET).count == 5
    assert vault.view("r9").answers() == {f"q{n}": n for n in range(2, 6)}


def test_what_was_made_ready_is_what_the_store_would_make(vault: Vault, tmp_path: Path) -> None:
    operations = some(4)
    unready = made(tmp_path / "vault-2")
    unready.take(operations, page=page_of(operations))
    ready = vault.made_ready(operations)
    assert list(ready) == ["r9"]
    vault.take(operations, page=page_of(operations), ready=ready)

    assert vault.view("r9") == unready.view("r9")
    assert vault.summaries() == unready.summaries()
    unready.close()


def test_what_was_made_ready_of_a_record_known_meanwhile_is_not_used(vault: Vault) -> None:
    """The page was read twice, or part of it came another way: what is kept is what all the operations say."""
    operations = some(4)
    ready = vault.made_ready(operations[:3])
    vault.take(operations[:2])
    vault.take(operations, ready=ready)

    assert vault.view("r9").answers() == {f"q{n}": n for n in range(2, 5)}
    assert vault.view("r9") == Merge(RecordId("r9"), vault.operations("r9")).view()


def test_what_was_made_ready_upon_a_history_is_used_only_while_that_is_all_there_is(vault: Vault) -> None:
    operations = some(5)
    vault.take(operations[:2])
    ready = vault.made_ready(operations[2:3])
    vault.take(operations[2:3], ready=ready)
    assert vault.view("r9").answers() == {"q2": 2, "q3": 3}
    ready = vault.made_ready(operations[4:])
    vault.take(operations[3:4])
    vault.take(operations[4:], ready=ready)

    assert vault.view("r9").answers() == {f"q{n}": n for n in range(2, 6)}
    assert vault.view("r9") == Merge(RecordId("r9"), vault.operations("r9")).view()
    assert vault.summaries()[0].answers == {f"q{n}": n for n in range(2, 6)}


def test_one_operation_twice_in_a_page_is_kept_once_and_one_id_with_other_words_is_noted(vault: Vault) -> None:
    first, second, third = some(3)
    forged = replace(third, op_id=second.op_id)
    vault.take([first, second, second, forged])

    assert [op.op_id for op in vault.operations("r9")] == [first.op_id, second.op_id]
    assert vault.operations("r9")[1].payload_hash == second.payload_hash
    assert "reused_id" in [entry.event for entry in vault.audit.entries()]


def test_an_empty_page_costs_no_transaction_and_still_has_to_follow(vault: Vault) -> None:
    def tally() -> object:
        return vault._store.readers.rows("SELECT tally FROM mark")[0][0]

    operations = some(3)
    vault.take(operations, page=page_of(operations))
    before = tally()
    vault.take((), page=Page(3, 3))

    assert tally() == before
    with pytest.raises(StalePage, match="does not follow"):
        vault.take((), page=Page(2, 2))


def test_a_page_of_more_than_one_statement_takes_is_kept_whole(vault: Vault) -> None:
    """Both where each record begins and where each is changed, some of them twice."""
    count = MOST_VALUES // 15 + 10  # a record's row has fifteen columns
    begun = [foreign(n, f"r{n}", ()) for n in range(1, count + 1)]
    vault.take(begun, page=page_of(begun))
    said = [
        foreign(
            count + n,
            record,
            [Change(field_path("q1"), f"word {n}")],
            view=RecordView(RecordId(record), FORM, 1, BUCKET),
        )
        for n, record in enumerate([*(f"r{n}" for n in range(1, count + 1)), "r1", "r70"], start=1)
    ]
    vault.take(said, page=page_of(said, start=count, digest=digest_of((o.op_id, o.payload_hash) for o in begun + said)))

    assert vault.feed.standing().cursor == 2 * count + 2
    assert vault.feed.digest(BUCKET) == vault.feed.recount(BUCKET)
    assert len(vault.summaries()) == count
    assert {vault.view(f"r{n}").answer("f/q1") for n in (2, 65, count)} == {"word 2", "word 65", f"word {count}"}
    for record in ("r1", "r70", f"r{count}"):
        assert vault.view(record) == Merge(RecordId(record), vault.operations(record)).view()
    assert {found.record_id for found in vault.search(f"word {count}")} >= {f"r{count}"}


def test_a_page_that_does_not_follow_is_dropped_whole(vault: Vault) -> None:
    operations = some(4)
    vault.take(operations[:2], page=page_of(operations[:2]))
    for start in (0, 1, 3):
        with pytest.raises(StalePage, match="does not follow"):
            vault.take(operations[2:], page=page_of(operations[2:], start=start))

    assert vault.feed.standing().cursor == 2
    assert len(vault.operations("r9")) == 2


def test_a_page_that_does_not_add_up_is_dropped_whole(vault: Vault) -> None:
    operations = some(3)
    with pytest.raises(StalePage, match="does not add up"):
        vault.take(operations, page=page_of(operations, digest=BucketDigest(3, 12345)))
    assert vault.operations("r9") == ()
    assert vault.view("r9") == RecordView(RecordId("r9"))
    vault.take(operations, page=page_of(operations))
    assert vault.feed.digest(BUCKET).count == 3


def test_ones_own_operations_come_back_without_their_text(vault: Vault) -> None:
    mine = begin(vault, "r1")
    vault.take([], page=page_of([mine]))

    assert vault.feed.digest(BUCKET) == digest_of([(mine.op_id, mine.payload_hash)])
    with pytest.raises(StalePage, match="does not have"):
        vault.take([], page=page_of([foreign(1, "r2", ())], start=1))


def test_damage_to_an_operation_shows_in_the_recount(vault: Vault) -> None:
    operations = some(3)
    vault.take(operations, page=page_of(operations))
    vault._store.writer.outside(
        lambda connection: (
            connection.execute("DROP TRIGGER operation_stays"),
            connection.execute("UPDATE operation SET body = replace(body, '\"value\":2', '\"value\":7')"),
        )
    )

    assert vault.feed.recount(BUCKET) != vault.feed.digest(BUCKET)


def test_a_record_that_leaves_takes_its_weight_with_it(vault: Vault) -> None:
    operations = some(3)
    vault.take(operations, page=page_of(operations))
    vault.take([], page=Page(3, 4, (PageItem(4, BUCKET, "out", OperationId(""), "r9"),), {BUCKET: BucketDigest()}))

    assert vault.feed.digest(BUCKET) == BucketDigest()


def test_a_bucket_is_filled_from_its_start_beside_the_main_cursor(vault: Vault) -> None:
    operations = some(3)
    vault.feed.entitle([BUCKET])
    assert vault.feed.standing().filling == {BUCKET: 0}
    page = page_of(operations)
    vault.take(operations, page=replace(page, cursor_to=0, filling={BUCKET: 3}))
    assert vault.feed.standing().filling == {BUCKET: 3}
    vault.take([], page=Page(0, 7, filled=frozenset({BUCKET})))

    assert vault.feed.standing().filling == {}
    assert vault.feed.standing().cursor == 7
    assert vault.feed.standing().entitled == {BUCKET}


def test_a_lost_bucket_is_hidden_at_once_and_purged_after_its_words_went(vault: Vault) -> None:
    vault.feed.entitle([BUCKET])
    mine = begin(vault, "r1", known=[Change(field_path("full_name"), "Zebedee")])
    vault.drafts.save("r1", "f/own_words", "not sealed yet")
    vault.feed.entitle([])

    assert vault.summaries() == []
    assert vault.search("Zebedee") == []
    assert vault.view("r1") == RecordView(RecordId("r1"))
    assert len(vault.operations("r1")) == 1
    vault.outbox.answered(mine.op_id, "quarantined", None, "out_of_scope", "Not your case any more.", AT)
    assert len(vault.operations("r1")) == 1
    vault.drafts.drop("r1", ["f/own_words"])
    vault.feed.entitle([])
    assert vault.operations("r1") == ()
    assert vault.audit.check().sentence == ""


def test_a_purge_takes_the_words_out_of_the_index_too(vault: Vault) -> None:
    """Not only the way to them: no block of the index holds them any more."""
    vault.feed.entitle([BUCKET])
    vault.take([foreign(1, "r9", [Change(field_path("full_name"), "Zebedee")])])
    begin(vault, "r1", child="child-2", known=[Change(field_path("full_name"), "Florence")])
    assert b"zebedee" in index_of(vault)
    vault.feed.entitle([])

    assert b"zebedee" not in index_of(vault)
    assert b"florence" in index_of(vault)


def index_of(vault: Vault) -> bytes:
    with vault._store.readers.lend() as connection:
        return b"".join(row[0] for row in connection.execute("SELECT block FROM wording_index_data"))


def test_a_bucket_regained_starts_anew(vault: Vault) -> None:
    operations = some(3)
    vault.feed.entitle([BUCKET])
    vault.take(operations, page=replace(page_of(operations), cursor_to=0, filling={BUCKET: 3}))
    vault.feed.entitle([])
    assert vault.operations("r9") == ()
    vault.feed.entitle([BUCKET])
    assert vault.feed.standing().filling == {BUCKET: 0}
    vault.take(operations, page=replace(page_of(operations), cursor_to=0, filling={BUCKET: 3}))

    assert len(vault.summaries()) == 1
    assert vault.feed.digest(BUCKET).count == 3


def test_a_new_epoch_forgets_places_and_no_words(vault: Vault) -> None:
    operations = some(3)
    vault.take(operations, page=page_of(operations))
    vault.feed.restart("epoch-2")

    assert vault.feed.standing().epoch == "epoch-2"
    assert vault.feed.standing().cursor == 0
    vault.take(operations, page=page_of(operations))
    assert vault.feed.digest(BUCKET) == vault.feed.recount(BUCKET)
    assert len(vault.operations("r9")) == 3


def test_nothing_leaves_the_outbox_before_its_own_answer(vault: Vault) -> None:
    ops = [begin(vault, "r1"), *(say(vault, "r1", {"own_words": str(n)}) for n in range(4))]
    assert [op_id for op_id, _, _ in vault.outbox.sealed(10, 1 << 20)] == [op.op_id for op in ops]
    assert len(vault.outbox.sealed(2, 1 << 20)) == 2
    assert len(vault.outbox.sealed(10, 1)) == 1
    vault.outbox.failed([op.op_id for op in ops], "No network.")
    assert {(w.attempts, w.last_error, w.status) for w in vault.outbox.waiting()} == {(1, "No network.", "waiting")}
    vault.outbox.answered(ops[0].op_id, "accepted", 7, None, None, AT)
    vault.outbox.answered(ops[1].op_id, "duplicate", 8, None, None, AT)
    vault.outbox.answered(ops[2].op_id, "quarantined", None, "schema_invalid", "The date is not a date.", AT)
    vault.outbox.answered(ops[3].op_id, "held", None, "dependency_missing", None, AT)
    waiting = vault.outbox.waiting()

    assert [(w.op_id, w.status, w.last_error) for w in waiting] == [
        (ops[2].op_id, "quarantined", "The date is not a date."),
        (ops[3].op_id, "held", "dependency_missing"),
        (ops[4].op_id, "waiting", "No network."),
    ]
    assert waiting[0].form_id == FORM
    assert waiting[0].at == ops[2].at
    assert [op_id for op_id, _, _ in vault.outbox.sealed(10, 1 << 20)] == [ops[4].op_id]
    assert vault.summary("r1").received_at is None
    for op in ops[2:]:
        vault.outbox.answered(op.op_id, "accepted", 9, None, None, AT)
    assert vault.summary("r1").received_at == AT
    say(vault, "r1", {"own_words": "more"})
    assert vault.summary("r1").received_at is None


def test_a_restored_central_service_gets_everything_again(vault: Vault) -> None:
    ops = [begin(vault, "r1"), say(vault, "r1", {"own_words": "a"}), say(vault, "r1", {"own_words": "b"})]
    for op in ops:
        vault.outbox.answered(op.op_id, "accepted", 1, None, None, AT)
    assert vault.outbox.send_again(DeviceId("laptop-1"), after=1) == 2
    assert vault.outbox.last_number(DeviceId("laptop-1")) == 3

    assert [op_id for op_id, _, _ in vault.outbox.sealed(10, 1 << 20)] == [op.op_id for op in ops[1:]]


def test_a_restored_laptop_becomes_another_and_renumbers_what_waits(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    sent = begin(vault, "r1")
    vault.outbox.answered(sent.op_id, "accepted", 1, None, None, AT)
    waiting = [say(vault, "r1", {"own_words": "a"}), say(vault, "r1", {"feelings": "b"})]
    key = Ed25519PrivateKey.from_private_bytes(b"n" * 32)

    def remake(old: Operation, stamp: Stamp) -> Operation:
        return replace(old, device_id=DeviceId("laptop-2"), device_seq=stamp.device_seq, signature="").sealed_with(key)

    with pytest.raises(BugError):
        vault.outbox.renumber(DeviceId("laptop-2"), lambda old, _stamp: old)
    assert vault.outbox.renumber(DeviceId("laptop-2"), remake) == 2
    found = vault.operations("r1")

    assert [(op.op_id, op.device_id, op.device_seq) for op in found] == [
        (sent.op_id, "laptop-1", 1),
        (waiting[0].op_id, "laptop-2", 1),
        (waiting[1].op_id, "laptop-2", 2),
    ]
    found[1].verify(key.public_key())
    assert vault.view("r1").answers() == {"own_words": "a", "feelings": "b"}
    assert vault.audit.check().sentence == ""
    vault.close()
    again = opened(tmp_path / "vault-1")
    assert again.view("r1").answers() == {"own_words": "a", "feelings": "b"}
    again.close()


def test_one_id_with_other_words_is_kept_out_and_noted(vault: Vault) -> None:
    first = foreign(1, "r1", ())
    vault.take([first])
    vault.take([replace(first, officer_id=OfficerId("somebody"))])

    assert vault.operations("r1") == (first,)
    assert vault.audit.entries()[-1].event == "reused_id"
