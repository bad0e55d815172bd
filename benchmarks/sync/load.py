"""A morning's work of five hundred laptops at once, on PostgreSQL: with two instances of the service, and with one
where one holds as many connections of one address.

In the clock: each laptop's own connection with its TLS handshake, greeting, push, and pages until it holds what it
sent; the service and the database in full; of the laptops' side, which uses the same cores, TLS and the waiting.
Before the clock, because a laptop does it on cores of its own: composing and signing operations, packing and signing
the requests that are known beforehand (every signature is real, and checked). After it: reading the answers in full,
and whether all that was sent was accepted and given back word for word. The database's `fsync` is off, as in the
tests' own cluster, so the time that a disk takes for a commit is in no figure.
"""

from __future__ import annotations

import asyncio
import gc
import ssl
import statistics
import tempfile
import time
from asyncio import sslproto
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count, cycle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.sync.judging import Sheet
from benchmarks.sync.laptops import FORM, Central, answers, fresh_id, now
from benchmarks.sync.light_laptop import LightLaptop
from benchmarks.sync.processor import Spent
from casework.identifiers import OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Operation, RecordView, Stamp, field_path
from casework.records.hybrid_clock import HybridTime
from central.database.home import Home
from central.people import accounts
from central.people.accounts import Officer
from central.service import Service, council_of
from desktop.sync.transport import pinned
from tests.central.postgres import Cluster, cluster

RECORDS, EDITS = 5, 10
HELD = 250  # connections of one address that an instance holds, a few left for others
LONGEST = 4.0  # seconds: what 99 of 100 answers to laptops that all come at once may take
READ_AT_ONCE = 32 * 1024


def run(sheet: Sheet, laptops: int) -> None:
    try:
        with cluster() as found:
            fitting = [instances for instances in (1, 2) if laptops <= HELD * instances]
            once = {instances: _morning(sheet, found, laptops, instances) for instances in fitting}
    except pytest.skip.Exception:
        sheet.absent(f"{laptops} laptops at once", "needs the PostgreSQL server programs")
        return
    if len(once) == 2:
        sheet.said("throughput with 2 instances, times that with 1", f"{once[2] / once[1]:.2f}")


def _morning(sheet: Sheet, found: Cluster, laptops: int, instances: int) -> float:
    """Operations a second."""
    with tempfile.TemporaryDirectory(prefix="homeward-bench-") as place, ExitStack() as stack:
        central = Central(Path(place), found.new_database(f"morning{instances}"), officers=())
        fleet = _fleet(central.home, laptops)
        served = [stack.enter_context(central.serving()) for _ in range(instances)]
        context = pinned((central.home / "keys" / "ca.pem").read_text())
        prepared = [laptop.prepare() for laptop in fleet]
        with _collected_never():
            spent = Spent([pid for _, pid in served], found.pid)
            begun = time.perf_counter()
            asyncio.run(_all(prepared, [url for url, _ in served], context))
            passed = time.perf_counter() - begun
            processor = spent.since()
    _judge(sheet, f"{laptops} laptops, {instances} instance{'s' * (instances > 1)}", fleet, passed, processor)
    return sum(len(each.work) for each in fleet) / passed


def _judge(sheet: Sheet, name: str, fleet: list[LightLaptop], passed: float, processor: dict[str, float]) -> None:
    sent = sum(len(each.work) for each in fleet)
    sheet.said(f"{name}: whole morning", f"{passed:.1f} s, {sent / passed:.0f} operations a second")
    for asked in ("hello", "push", "pull"):
        median, p99, _ = _spread(second for each in fleet for second in each.seconds[asked])
        sheet.said(f"{name}: {asked}", f"median {median:.2f} s, p99 {p99:.2f} s")
    median, p99, most = _spread(second for each in fleet for kind in each.seconds.values() for second in kind)
    sheet.said(f"{name}: all answers", f"median {median:.2f} s, p99 {p99:.2f} s, longest {most:.2f} s")
    costs = ", ".join(f"{who} {seconds / sent * 1000:.2f}" for who, seconds in processor.items())
    sheet.said(f"{name}: processor milliseconds an operation", costs)
    sheet.exactly(f"{name}: operations sent and not received", sum(len(each.missing()) for each in fleet), 0)
    sheet.at_most(f"{name}: p99 of an answer", p99, LONGEST, "s")


def _spread(seconds: Iterable[float]) -> tuple[float, float, float]:
    """The median, what 99 of 100 stayed within, and the longest."""
    found = sorted(seconds)
    return statistics.median(found), found[int(len(found) * 0.99)], found[-1]


@contextmanager
def _collected_never() -> Iterator[None]:
    """Five hundred laptops' work lies in this one process: no laptop would look through it for what is not used."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _all(fleet: list[LightLaptop], urls: list[str], context: ssl.SSLContext) -> None:
    sslproto.SSLProtocol.max_size = READ_AT_ONCE  # else each connection begins with a quarter of a mebibyte of zeros
    await asyncio.gather(*(laptop.sync(url, context) for laptop, url in zip(fleet, cycle(urls), strict=False)))


def _fleet(home: Path, laptops: int) -> list[LightLaptop]:
    service = Service.open(Home(home))
    with service.database.writing() as connection:
        fleet, epoch = [], council_of(connection).epoch
        for number in range(laptops):
            officer = Officer(OfficerId(f"officer-{number}"), f"Officer {number}", "missing_advocate", active=True)
            accounts.add_officer(connection, officer, now())
            key = Ed25519PrivateKey.generate()
            device = accounts.add_device(connection, officer.id, key.public_key().public_bytes_raw().hex(), now())
            fleet.append(LightLaptop(author := Author(officer.id, device.id, key), _work(author), epoch))
    service.close()
    return fleet


def _work(author: Author) -> list[Operation]:
    """A child, five records of sixty answers, ten answers changed."""
    numbers, child = count(1), fresh_id()

    def stamp() -> Stamp:
        number = next(numbers)
        return Stamp(
            OperationId(fresh_id(number)),
            number,
            now().isoformat(),
            str(HybridTime(int(now().timestamp() * 1000), number)),
        )

    def begin(record_id: str, strand: str, form: str, changes: list[Change]) -> Operation:
        return author.create(
            stamp(),
            record_id=RecordId(record_id),
            child_id=child_named(child),
            strand=strand,
            form_id=form,
            form_version=1,
            changes=changes,
        )

    first = begin(child, "core", "child", [Change(field_path("given_name"), "Bench")])
    records = [begin(fresh_id(number), "missing", FORM, answers(number)) for number in range(RECORDS)]
    edits = []
    for number in range(EDITS):
        whole = records[number % RECORDS]
        view = RecordView(whole.record_id, FORM, 1, bucket=whole.bucket, heads=(whole.op_id,))
        change = Change(field_path(f"f{number}"), "changed before noon", (whole.op_id,))
        edits.append(author.say(stamp(), view, [change]))
    return [first, *records, *edits]
