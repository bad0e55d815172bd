"""Scenario 12 and invariant I4: the order of the feed is the order of commits, whoever else is writing."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from casework.identifiers import BucketId, OperationId, RecordId
from casework.wire.protocol import seal
from central.database import tables
from central.feed import feed
from central.intake.intake import Intake
from tests.central.pushing import Pusher
from tests.central.running import Council

LAPTOPS, BATCHES, SIZE = 6, 12, 5


def another(council: Council) -> Intake:
    """As another instance has it: a line of its own, so that the database alone keeps them apart."""
    service = council.service
    return Intake(service.database, service.definitions, service.now)


def test_12_no_reader_ever_misses_what_commits_late(council: Council) -> None:
    """Six laptops push at once while somebody reads on from the last number seen."""
    council.officer("boss", "missing_manager")
    pushers = [Pusher.of(council, officer) for officer in ("ann", "ben", "cas") * 2]
    seen: list[str] = []
    finished = threading.Event()

    def poll() -> None:
        cursor = 0
        while True:
            is_last = finished.is_set()
            with council.service.database.reading() as connection:
                rows = connection.execute(
                    select(tables.feed.c.seq, tables.feed.c.op_id)
                    .where(tables.feed.c.seq > cursor)
                    .order_by(tables.feed.c.seq)
                ).all()
            seen.extend(row.op_id for row in rows)
            cursor = rows[-1].seq if rows else cursor
            if is_last:
                return
            time.sleep(0.001)

    def push(pusher: Pusher) -> list[OperationId]:
        pushed, instance = [], another(council)
        for batch in range(BATCHES):
            ops = [pusher.create(f"{pusher.device_id}-{batch}-{number}", given_name="A") for number in range(SIZE)]
            results, _ = instance.push(pusher.device_id, [seal(op) for op in ops])
            assert {result.status for result in results} == {"accepted"}
            pushed += [op.op_id for op in ops]
        return pushed

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        with ThreadPoolExecutor(LAPTOPS) as pool:
            pushed = [op_id for found in pool.map(push, pushers) for op_id in found]
    finally:
        finished.set()
        reader.join()

    assert len(seen) == LAPTOPS * BATCHES * SIZE
    assert set(seen) == set(pushed)


def test_the_same_batch_from_one_laptop_at_the_same_moment_is_taken_in_once(council: Council) -> None:
    """An answer was lost and the request doubled: the second waits for the first, and hears the same."""
    ann = Pusher.of(council, "ann")
    for round_ in range(5):
        batch = [seal(ann.create(f"child-{round_}-{number}", given_name="A")) for number in range(SIZE)]
        with ThreadPoolExecutor(4) as pool:
            pushed = [pool.submit(another(council).push, ann.device_id, batch) for _ in range(4)]
            statuses = [[result.status for result in each.result()[0]] for each in pushed]
        assert sorted(statuses) == [["accepted"] * SIZE, *[["duplicate"] * SIZE] * 3]


def test_a_transaction_that_fails_leaves_no_hole(council: Council) -> None:
    """A number is given only with its commit."""
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("child-1", given_name="A"))
    try:
        with council.service.database.writing() as connection:
            never = OperationId("never")
            step = feed.Step(BucketId("b"), "op", never, RecordId("r"), "child", ((never, "00" * 32),))
            feed.append(connection, [step], council.clock)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    ann.push(ann.create("child-2", given_name="A"))

    with council.service.database.reading() as connection:
        assert list(connection.execute(select(tables.feed.c.seq).order_by(tables.feed.c.seq)).scalars()) == [1, 2]
        assert feed.ends(connection)[1] == 2
