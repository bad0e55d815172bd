"""What waits while another push is being taken in goes together, and nobody hears another's answer."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from casework.records import Operation
from casework.wire.protocol import Result, seal
from central.database.errors import Refused
from central.database.fact_tables import feed_moment
from central.database.tables import device
from central.feed.feed_moments import SEQUENCE
from central.people.accounts import next_number
from tests.central.pushing import Pusher
from tests.central.running import Council

Answer = Future[tuple[list[Result], int]]
PATIENCE = 60.0


def in_line(council: Council, pushes: list[tuple[Pusher, list[Operation]]]) -> list[Answer]:
    """The first is held up at the counter until all the others wait behind it; then they go on."""
    intake, database = council.service.intake, council.service.database
    with ThreadPoolExecutor(len(pushes)) as pool, database.writing() as connection:
        next_number(connection, SEQUENCE, 0)
        answers = []
        for waiting, (pusher, ops) in enumerate(pushes):
            answers.append(pool.submit(intake.push, pusher.device_id, [seal(op) for op in ops]))
            until = time.monotonic() + PATIENCE
            while len(intake._line._waiting) != waiting or not intake._line._turn.locked():
                assert time.monotonic() < until, "Nobody waits."
                time.sleep(0.001)
    return answers


def moments(council: Council) -> int:
    """How many transactions took places in the feed."""
    with council.service.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(feed_moment)).scalar_one())


def test_those_in_line_share_a_transaction_and_each_hears_its_own(council: Council) -> None:
    laptops = [Pusher.of(council, officer) for officer in ("ann", "ben", "cas") * 2]
    pushes = [(laptop, [laptop.create(f"child-{n}", given_name="A")]) for n, laptop in enumerate(laptops)]
    pushes[1] = (laptops[1], [pushes[1][1][0], laptops[1].create("child-late", given_name="B")])

    answers = [answer.result() for answer in in_line(council, pushes)]

    assert [[result.op_id for result in results] for results, _ in answers] == [
        [op.op_id for op in ops] for _, ops in pushes
    ]
    assert all(result.status == "accepted" for results, _ in answers for result in results)
    assert sorted(result.seq or 0 for results, _ in answers for result in results) == [1, 2, 3, 4, 5, 6, 7]
    assert [acked for _, acked in answers] == [1, 2, 1, 1, 1, 1]
    assert moments(council) == 2


def test_what_has_a_child_in_common_is_taken_in_one_after_the_other(council: Council) -> None:
    """The second of two who begin the same child is not its first."""
    ann, ben, cas = (Pusher.of(council, officer) for officer in ("ann", "ben", "cas"))
    pushes = [
        (ann, [ann.create("child-0", given_name="A")]),
        (ben, [ben.create("child-1", given_name="B")]),
        (cas, [cas.create("child-2", given_name="C"), cas.create("child-1", given_name="C")]),
    ]

    answers = [[result.status for result in answer.result()[0]] for answer in in_line(council, pushes)]

    assert answers == [["accepted"], ["accepted"], ["accepted", "quarantined"]]
    assert moments(council) == 3


def test_one_that_is_refused_keeps_nobody_else_back(council: Council) -> None:
    laptops = [Pusher.of(council, officer) for officer in ("ann", "ben", "cas")]
    pushes = [(laptop, [laptop.create(f"child-{n}", given_name="A")]) for n, laptop in enumerate(laptops)]
    with council.service.database.writing() as connection:
        connection.execute(update(device).where(device.c.id == laptops[1].device_id).values(state="wiped"))

    answers = in_line(council, pushes)

    assert [answers[n].result()[0][0].status for n in (0, 2)] == ["accepted", "accepted"]
    with pytest.raises(Refused, match="withdrawn"):
        answers[1].result()
