"""What the council did not take in: kept to the letter, out of the record once decided against, never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.identifiers import BucketId
from casework.records import Operation
from casework.records.digest import digest_of
from desktop.store.database import connection as database
from desktop.store.database.migrations import m0001_first, m0002_quarantine
from desktop.store.disk.keys import SubKey
from desktop.store.exchange.received_pages import Page, PageItem
from desktop.store.vault import Vault
from tests.desktop.store.making import begin, made, opened, say

AT = "2026-03-27T15:00:00+00:00"
BUCKET = BucketId("child-1:missing")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    found = made(tmp_path / "vault")
    yield found
    found.close()


@pytest.fixture
def late(vault: Vault) -> Operation:
    """One answer received, and one that was not taken in."""
    vault.feed.entitle([BUCKET])
    first = begin(vault, "r1")
    kept = say(vault, "r1", {"own_words": "I went to the park"})
    for seq, op in enumerate((first, kept), 1):
        vault.outbox.answered(op.op_id, "accepted", seq, at=AT)
    items = tuple(PageItem(seq, BUCKET, "op", op.op_id, "r1") for seq, op in enumerate((first, kept), 1))
    digest = digest_of((op.op_id, op.payload_hash) for op in (first, kept))
    vault.take([], page=Page(0, 2, items, {BUCKET: digest}, {BUCKET: 2}, frozenset({BUCKET})))
    found = say(vault, "r1", {"own_words": "I went to Zoë’s"})
    vault.outbox.answered(found.op_id, "quarantined", code="out_of_scope", detail="Not allocated.", at=AT)
    return found


def words(vault: Vault) -> object:
    return vault.view("r1").answer("f/own_words")


def test_it_is_part_of_the_record_while_it_may_be_taken_in(vault: Vault, late: Operation) -> None:
    (item,) = vault.quarantine.items()

    assert words(vault) == "I went to Zoë’s"
    assert (item.operation, item.status, item.code, item.why) == (late, "quarantined", "out_of_scope", "Not allocated.")
    assert item.is_open
    assert vault.quarantine.asking() == [late.op_id]


@pytest.mark.parametrize("status", ["returned", "rejected"])
def test_once_decided_against_the_record_shows_what_the_council_has(
    vault: Vault, late: Operation, status: str, tmp_path: Path
) -> None:
    vault.outbox.answered(late.op_id, status, detail="Another child.", at=AT)
    assert vault.view("r1", drafts=True).answer("f/own_words") == "I went to the park"
    assert vault.search("zoe") == []
    vault.close()
    again = opened(tmp_path / "vault")
    (item,) = again.quarantine.items()

    assert words(again) == "I went to the park"
    assert late.op_id not in [op.op_id for op in again.operations("r1")]
    assert (item.operation.payload, item.status, item.why) == (late.payload, status, "Another child.")
    assert again.feed.recount(BUCKET) == again.feed.digest(BUCKET)
    more = say(again, "r1", {"feelings": "tired"})
    assert late.op_id not in more.after
    assert again.mending.damaged() == []
    again.close()


def test_taken_in_after_all_it_is_part_of_the_record_again(vault: Vault, late: Operation) -> None:
    vault.outbox.answered(late.op_id, "returned", detail="Another child.", at=AT)
    vault.outbox.answered(late.op_id, "accepted", 9, at=AT)
    (item,) = vault.quarantine.items()

    assert words(vault) == "I went to Zoë’s"
    assert (item.status, item.is_open) == ("accepted", False)


def test_what_comes_through_the_feed_was_taken_in(vault: Vault, late: Operation) -> None:
    """Also when its author was done with it, and asks about it no longer."""
    vault.outbox.answered(late.op_id, "returned", detail="Another child.", at=AT)
    vault.quarantine.deal(late.op_id, "done")
    assert vault.quarantine.asking() == []
    digest = vault.feed.digest(BUCKET).plus(late.op_id, late.payload_hash)
    vault.take([], page=Page(2, 3, (PageItem(3, BUCKET, "op", late.op_id, "r1"),), {BUCKET: digest}))

    assert words(vault) == "I went to Zoë’s"
    assert [item.status for item in vault.quarantine.items()] == ["accepted"]


def test_dealt_with_it_leaves_the_queue_and_stays_to_the_letter(vault: Vault, late: Operation, tmp_path: Path) -> None:
    vault.quarantine.deal(late.op_id, "again", followed_by="next")
    vault.quarantine.deal(late.op_id, "done")
    vault.close()
    again = opened(tmp_path / "vault")
    (item,) = again.quarantine.items()

    assert (item.is_open, item.dealt, item.followed_by, item.operation) == (False, "again", "next", late)
    assert again.outbox.waiting() == []
    summary = again.summary("r1")
    assert summary is not None
    assert summary.received_at == AT
    assert words(again) == "I went to the park"
    again.close()


def test_it_outlives_its_record_on_this_laptop(vault: Vault, late: Operation) -> None:
    vault.feed.entitle([])
    (item,) = vault.quarantine.items()

    assert vault.operations("r1") == ()
    assert item.operation == late
    vault.outbox.answered(late.op_id, "returned", detail="It is Ben’s now.", at=AT)
    assert [(one.why, one.is_open) for one in vault.quarantine.items()] == [("It is Ben’s now.", True)]


def test_a_record_that_begins_with_it_stays_as_its_author_has_it(vault: Vault) -> None:
    first = begin(vault, "r2")
    vault.outbox.answered(first.op_id, "rejected", detail="No.", at=AT)

    assert vault.view("r2").form_id == "return_home_interview"
    vault.quarantine.deal(first.op_id, "done")
    summary = vault.summary("r2")
    assert summary is not None
    assert summary.received_at is None


def test_no_statement_deletes_or_changes_it(vault: Vault, late: Operation) -> None:
    for statement in ("DELETE FROM quarantine", "UPDATE quarantine SET body = '{}'"):
        with pytest.raises(Exception, match="refused a statement"):
            vault._store.writer.do(lambda tx, text=statement: tx.execute(text))  # type: ignore[misc]
    assert vault.quarantine.one(late.op_id) is not None


def test_a_store_of_the_first_schema_brings_what_lay_there_with_it(tmp_path: Path) -> None:
    connection = database.connect(tmp_path / "x.db", SubKey(b"k" * 32))
    kit = database.toolkit(connection)
    m0001_first.climb(kit)
    for number, status in enumerate(("waiting", "quarantined", "returned", "held"), 1):
        kit.execute(
            "INSERT INTO operation VALUES (?, ?, 'r1', 'd1', ?, 'b', 'set', x'00', NULL, '{}')",
            [number, f"op-{number}", number],
        )
        kit.execute("INSERT INTO outbox VALUES (?, ?, 'r1', ?, 1, 'why', 'then')", [f"op-{number}", number, status])
    m0002_quarantine.climb(kit)

    found = connection.execute("SELECT op_id, body, status, why, answered_at, left_out FROM quarantine").fetchall()
    assert found == [("op-2", "{}", "quarantined", "why", "then", 0), ("op-3", "{}", "returned", "why", "then", 0)]
    connection.close()
