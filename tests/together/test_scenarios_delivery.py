"""Sync study 4, scenarios 6, 8, 11, 21 to 23, 44 to 47, 52: words on their way, and what happens to them there."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
import zstandard
from sqlalchemy import func, select

from casework.records import Change, field_path
from casework.records.hybrid_clock import HybridTime, parse_hlc, tick
from casework.wire.protocol import Greeted, Push, PushReply, seal
from central.database import tables
from desktop.sync import identity
from desktop.sync.connection_failures import SERVICE_FAULT
from desktop.sync.errors import Refusal
from desktop.sync.pages import sealed
from desktop.sync.transport import Transport, pinned
from tests.central.running import Clock, Council
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import Laptop


@contextmanager
def conversation(laptop: Laptop) -> Iterator[Transport]:
    service = identity.service_of(laptop.vault)
    transport = Transport(service.url, pinned(service.ca_pem), laptop.now)
    try:
        yield transport
    finally:
        transport.close()


def count_of(council: Council, table: str) -> int:
    with council.service.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one())


def test_06_an_answer_lost_ten_times_leaves_one_copy(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    faults = Faults(lose_answer=lambda path: path == "/v1/push")
    for _try in range(10):
        assert sync_through(ann, faults).problem is not None
    assert len(ann.vault.outbox.waiting()) == 1

    report = ann.synced()

    assert (report.pushed, report.accepted) == (1, 1)
    assert (count_of(council, "operation"), count_of(council, "feed")) == (1, 1)
    assert ann.vault.outbox.waiting() == []


def test_08_the_same_number_with_other_words_lies_in_quarantine(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    (first,) = ann.vault.operations(child)
    twin = replace(first, changes=(Change(field_path("given_name"), "Joe"),)).sealed_with(ann.author.key)
    epoch = ann.vault.feed.standing().epoch

    with conversation(ann) as transport:
        push = Push(batch_id="x", epoch=epoch, ops=[seal(twin), seal(first)])
        reply = transport.call("/v1/push", push, PushReply, identity.signer_of(ann.vault))

    assert [(r.status, r.code) for r in reply.results] == [("quarantined", "op_id_reuse"), ("duplicate", "")]
    with council.service.database.reading() as connection:
        kept = connection.execute(select(tables.operation.c.payload)).scalar_one()
    assert first.payload.decode() == kept


def test_11_a_service_that_dies_after_its_commit_answers_duplicate(council: Council, join: Join) -> None:
    """The first answer is lost with the process; the second comes from a new one over the same database."""
    ann = join("ann")
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    sync_through(ann, Faults(lose_answer=lambda path: path == "/v1/push"))
    council.stop()
    council.start(council.port)
    with conversation(ann) as transport:
        push = Push(
            batch_id="again",
            epoch=ann.vault.feed.standing().epoch,
            ops=[sealed(op_id, text) for op_id, _, text in ann.vault.outbox.sealed(10, 1_000_000)],
        )
        reply = transport.call("/v1/push", push, PushReply, identity.signer_of(ann.vault))

    assert [(result.status, result.seq) for result in reply.results] == [("duplicate", 1)]


def test_21_a_clock_three_years_ahead_is_no_obstacle(council: Council, join: Join, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The words are taken in with their skew noted, and nobody else's clock moves."""
    ben = join("ben")
    ann = join("ann")
    ann_clock = Clock(council.clock() + timedelta(days=3 * 365))
    ahead = replace(ann, now=ann_clock)
    ann.vault.close()
    ahead = ahead.reopened()
    child = ahead.child(given_name="Zoë", family_name="Ōtsuka")
    report = ahead.synced()
    council.allocate("ben", child)
    ben.synced()
    own = ben.say(child, known_as="Zo")
    ahead.vault.close()

    assert report.accepted == 1
    with council.service.database.reading() as connection:
        skew = connection.execute(select(tables.operation.c.skew_ms)).scalar_one()
    assert skew == 3 * 365 * 86_400_000
    heard = parse_hlc(own.hlc)
    assert heard is not None
    assert heard.ms < int((council.clock() + timedelta(minutes=6)).timestamp() * 1000)


def test_22_a_clock_set_back_a_day_does_not_turn_time_back(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    before = ann.say(child, known_as="Zo").hlc
    council.clock.move(days=-1)

    assert ann.say(child, known_as="Zed").hlc > before


def test_23_a_full_counter_carries_into_the_time() -> None:
    last = str(HybridTime(1_774_600_000_000, 0xFFFF))

    following = tick(last, 1_774_600_000_000)

    assert str(HybridTime(1_774_600_000_001, 0)) == following
    assert following > last


def test_44_yesterdays_page_is_refused(council: Council, join: Join) -> None:
    """A proxy answers with what it once saw. TLS prevents it; the laptop would notice all the same."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    recorded: list[httpx.Response] = []

    def record(path: str, response: httpx.Response) -> httpx.Response:
        if path == "/v1/greet":
            recorded.append(response)
        return response

    ann.say(child, known_as="Zo")
    ann.synced()
    sync_through(ben, Faults(change=record))
    ann.say(child, known_as="Zed")
    ann.synced()
    page = Greeted.from_bytes(recorded[-1].content).page
    assert page
    assert page.items
    body = httpx.Response(200, headers={"content-type": "application/json"}, content=page.to_bytes())
    stale = {"/v1/greet": recorded[-1], "/v1/pull": body}
    report = sync_through(ben, Faults(change=stale.get))

    assert "does not add up" in str(report.problem)
    assert {"Zo"} == ben.texts(child, "known_as")
    assert {"Zed"} == (ben.synced(), ben.texts(child, "known_as"))[1]


def test_45_a_login_page_in_the_councils_place_changes_nothing(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    page = httpx.Response(200, headers={"content-type": "text/html"}, content=b"<html>Free wifi</html>")

    report = sync_through(ann, Faults(change=lambda _path, _response: page))

    assert (
        report.problem == SERVICE_FAULT
    )  # it holds the council's key: only before joining may it be a foreign network
    assert not report.is_ordinary
    assert len(ann.vault.outbox.waiting()) == 1
    assert ann.vault.feed.standing().epoch == ""


@pytest.mark.parametrize("packed", ["zstd", "gzip"])
def test_46_a_bomb_is_refused_before_it_grows(council: Council, join: Join, packed: str) -> None:
    import gzip  # noqa: PLC0415 - for this one test

    ann = join("ann")
    zeros = bytes(256 * 1024 * 1024)
    bomb = zstandard.ZstdCompressor().compress(zeros) if packed == "zstd" else gzip.compress(zeros, 9)
    del zeros
    headers = {"Content-Encoding": packed, "Content-Type": "application/json"}

    tracemalloc.start()
    with conversation(ann) as transport, pytest.raises(Refusal) as refusal:
        transport.signed("POST", "/v1/push", bomb, headers, identity.signer_of(ann.vault))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refusal.value.status == 413
    assert peak < 80 * 1024 * 1024


def test_47_one_bad_item_among_many_delays_only_itself(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    for number in range(499):
        if number == 250:
            bad = ann.episode(child, other_la="perhaps")
        else:
            ann.episode(child, police_ref=f"14/{number}")

    report = ann.sync()

    assert (report.pushed, report.accepted, report.quarantined) == (499, 498, 1)
    (waiting,) = ann.vault.outbox.waiting()
    assert (bad, "quarantined") == (waiting.record_id, waiting.status)
    assert waiting.last_error
    assert ann.sync().problem is None


def test_52_answers_that_never_arrive_for_an_hour_do_no_lasting_harm(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    for minute in range(60):
        ann.say(child, known_as=f"name {minute}")
        sync_through(ann, Faults(lose_answer=lambda _path: True))
        council.clock.move(minutes=1)

    report = ann.synced()

    assert report.accepted == 61
    assert count_of(council, "operation") == 61
    assert ann.vault.outbox.waiting() == []
