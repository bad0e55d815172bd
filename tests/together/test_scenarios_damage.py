"""Sync study 4, scenarios 43, 48, 49, 51, 53: damage, storms, and a first sync that is killed again and again."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from casework.canonical import digest
from casework.identifiers import BucketId
from desktop.store.database.writer import Transaction
from desktop.store.disk.errors import DiskFull
from desktop.sync import recount
from desktop.sync.pacing import LONGEST, Pace
from tests.central.pushing import Pusher
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop
from tests.together.test_scenarios_delivery import conversation


def flip_a_bit(laptop: Laptop, op_id: str) -> None:
    """What a bad sector does, past every guard of the program."""

    def job(tx: Transaction) -> None:
        tx.execute("DROP TRIGGER operation_stays")
        tx.execute("UPDATE operation SET body = replace(body, 'Zoë', 'Zoe') WHERE op_id = ?", (op_id,))

    laptop.vault._store.writer.do(job)


def test_48_damage_on_the_disk_is_found_within_a_week_and_mended(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    (operation,) = ann.vault.operations(child)
    bucket = BucketId(f"{child}:core")
    flip_a_bit(ann, operation.op_id)
    assert ann.vault.feed.recount(bucket) != ann.vault.feed.digest(bucket)

    assert ann.synced().problem is None
    assert ann.vault.mending.damaged() == [operation.op_id]
    council.clock.move(days=8)
    ann.synced()

    assert ann.vault.mending.damaged() == []
    assert ann.vault.operations(child) == (operation,)
    assert ann.vault.feed.recount(bucket) == ann.vault.feed.digest(bucket)
    assert ann.answer(child, "given_name") == "Zoë"
    assert "alarm" in [entry.event for entry in ann.vault.audit.entries()]


def test_49_a_merge_that_goes_wrong_on_one_side_is_reported(
    council: Council, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operations agree, what is shown does not: that is a fault in a program, and no fetching mends it."""
    ann = join("ann")
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    from desktop.sync import identity  # noqa: PLC0415

    with conversation(ann) as transport:
        well = recount.check(ann.vault, transport, identity.signer_of(ann.vault), council.clock())
        monkeypatch.setattr(recount, "state_sum", lambda *_: digest("a merge with a fault"))
        wrong = recount.check(ann.vault, transport, identity.signer_of(ann.vault), council.clock())

    assert well == recount.Checked()
    assert (len(wrong.misread), wrong.differing) == (4, ()), "the child's core and missing buckets, and two groups'"


def test_43_a_full_disk_takes_in_nothing_and_goes_on_when_there_is_room(council: Council, join: Join) -> None:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    for number in range(40):
        ann.say(child, health=f"{number} " + "words " * 300)
    ann.synced()
    council.allocate("ben", child)
    pages = int(str(ben.vault._store.writer.do(lambda tx: tx.execute("PRAGMA page_count").fetchone()[0])))
    ben.vault._store.writer.do(lambda tx: tx.execute(f"PRAGMA max_page_count = {pages + 8}").fetchone())

    with pytest.raises(DiskFull):
        ben.sync()
    assert ben.vault.operations(child) == ()
    assert ben.vault.feed.standing().cursor == 0
    ben.vault._store.writer.do(lambda tx: tx.execute("PRAGMA max_page_count = 1000000").fetchone())
    ben.synced()

    assert len(ben.vault.operations(child)) == 41


def test_51_five_hundred_laptops_do_not_call_in_the_same_second() -> None:
    """The service is away for ten minutes, then answers. No second has more than a few of them; all are done within
    the longest wait."""
    chance = random.Random(51)
    start = datetime(2026, 3, 27, 9, tzinfo=UTC)
    back = start + timedelta(minutes=10)
    calls: Counter[int] = Counter()
    finished = []
    for _laptop in range(500):
        pace, at = Pace(), start
        while at < back:
            pace = pace.after(failed=True)
            at = pace.due(at, chance.random())
        calls[int((at - back).total_seconds())] += 1
        finished.append(at)

    assert max(calls.values()) <= 15
    assert max(finished) - back <= LONGEST


@pytest.mark.parametrize("failures", range(1, 40))
def test_51_a_wait_is_never_longer_than_its_ceiling_nor_shorter_than_asked(failures: int) -> None:
    pace = Pace(failures)

    assert timedelta(0) <= pace.wait(0.0) <= pace.wait(0.999) <= LONGEST
    assert pace.wait(0.0, retry_after=7) >= timedelta(seconds=7)
    assert pace.after(failed=False) == Pace(0)


@pytest.mark.parametrize(
    ("records", "kills"), [(1_200, 6), pytest.param(50_000, 20, marks=pytest.mark.soak)], ids=["small", "soak"]
)
def test_53_a_first_sync_cut_again_and_again_completes(council: Council, join: Join, records: int, kills: int) -> None:
    """No page that was committed is fetched twice."""
    council.officer("boss", "missing_manager")
    pusher = Pusher.of(council, "ann")
    for first in range(0, records, 500):
        batch = [
            pusher.create(
                "child-1", record=f"record-{number}", strand="missing", form="missing_episode", police_ref="1"
            )
            for number in range(first, min(first + 500, records))
        ]
        assert {result.status for result in pusher.push(*batch)} == {"accepted"}
    ben = join("ben")
    council.allocate("ben", "child-1")
    chance, fetched, cuts = random.Random(53), 0, 0
    from tests.together.faults import Faults, sync_through  # noqa: PLC0415

    while cuts < kills:
        pulls = 0
        limit = chance.randint(1, 2)

        def is_cut(path: str, limit: int = limit) -> bool:
            nonlocal pulls
            pulls += path in ("/v1/pull", "/v1/greet")
            return pulls > limit

        report = sync_through(ben, Faults(lose_answer=is_cut))
        fetched += report.pulled
        cuts += 1
        ben.vault.close()
        reopened = ben.reopened()
        ben.vault = reopened.vault
    fetched += ben.synced().pulled

    assert fetched == records
    assert len(ben.vault.summaries()) == records
    bucket = BucketId("child-1:missing")
    assert ben.vault.feed.recount(bucket) == ben.vault.feed.digest(bucket)
