"""A morning's work of five hundred laptops at once, on PostgreSQL: with two instances of the service, and with one
where one holds as many connections of one address."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import ssl
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.sync.judging import Sheet
from benchmarks.sync.laptops import FORM, Central, answers, fresh_id, now
from benchmarks.sync.processor import Spent
from casework.identifiers import OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Operation, RecordView, Stamp, field_path
from casework.records.hybrid_clock import HybridTime
from casework.wire.message import Message
from casework.wire.protocol import PROTOCOL, Hello, HelloReply, Pull, PullReply, Push, PushReply, entitled_digest, seal
from casework.wire.signed_texts import authorization, content_digest, request_text
from central.database.home import Home
from central.people import accounts
from central.people.accounts import Officer
from central.service import Service
from desktop.sync.transport import pinned
from tests.central.postgres import Cluster, cluster

RECORDS, EDITS = 5, 10
HELD = 250  # connections of one address that an instance holds, a few left for others
PATIENCE = 60.0  # seconds: what a laptop waits for an answer
R = TypeVar("R", bound=Message)


@dataclass
class Light:
    """A laptop without a vault: what it sends was signed beforehand, as it is on a real one."""

    author: Author
    work: list[Operation]
    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0
    received: int = 0

    async def sync(self, url: str, context: ssl.SSLContext) -> None:
        begun = time.perf_counter()
        async with httpx.AsyncClient(base_url=url, verify=context, timeout=2 * PATIENCE, trust_env=False) as client:
            hello = await self._ask(
                client, "/v1/hello", Hello(proto_min=PROTOCOL, proto_max=PROTOCOL, app="b"), HelloReply
            )
            push = Push(batch_id=self.work[0].op_id, epoch=hello.epoch, ops=[seal(op) for op in self.work])
            pushed = await self._ask(client, "/v1/push", push, PushReply)
            self.received = sum(result.status == "accepted" for result in pushed.results)
            told = await self._ask(client, "/v1/pull", Pull(epoch=hello.epoch), PullReply)
            buckets = frozenset(told.entitled or ())
            filling, cursor, more = dict.fromkeys(buckets, 0), 0, True
            while more:
                asked = Pull(epoch=hello.epoch, cursor=cursor, filling=filling, entitled=entitled_digest(buckets))
                page = await self._ask(client, "/v1/pull", asked, PullReply)
                filling = {name: place for name, place in page.filled.items() if place < page.cursor_to}
                cursor, more = page.cursor_to, page.more
        self.whole = time.perf_counter() - begun

    async def _ask(self, client: httpx.AsyncClient, path: str, message: Message, reply: type[R]) -> R:
        body = zstandard.ZstdCompressor(level=3).compress(message.to_bytes())
        headers = {
            "Content-Type": "application/json",
            "Content-Encoding": "zstd",
            "Authorization": self._credentials(path, body),
            "Content-Digest": content_digest(hashlib.sha256(body).hexdigest()),
        }
        begun = time.perf_counter()
        response = await client.post(path, content=body, headers=headers)
        self.seconds.append(time.perf_counter() - begun)
        assert response.status_code == 200, response.text
        return reply.from_bytes(response.content)

    def _credentials(self, path: str, body: bytes) -> str:
        at_ms, nonce, device = int(now().timestamp() * 1000), secrets.token_urlsafe(18), self.author.device_id
        text = request_text(
            method="POST",
            target=path,
            body_sha256=hashlib.sha256(body).hexdigest(),
            at_ms=at_ms,
            nonce=nonce,
            device_id=device,
        )
        return authorization(device_id=device, at_ms=at_ms, nonce=nonce, signature=self.author.key.sign(text).hex())


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
        spent = Spent([pid for _, pid in served], found.pid)
        begun = time.perf_counter()
        asyncio.run(_all(fleet, [url for url, _ in served], context))
        passed = time.perf_counter() - begun
        processor = spent.since()
    name = f"{laptops} laptops, {instances} instance{'s' * (instances > 1)}"
    sent, received = sum(len(each.work) for each in fleet), sum(each.received for each in fleet)
    requests = sorted(second for each in fleet for second in each.seconds)
    p99 = requests[int(len(requests) * 0.99)]
    sheet.said(f"{name}: whole morning", f"{passed:.1f} s, {sent / passed:.0f} operations a second")
    sheet.said(f"{name}: requests", f"{len(requests)}, median {statistics.median(requests):.2f} s, p99 {p99:.2f} s")
    costs = ", ".join(f"{who} {seconds / sent * 1000:.2f}" for who, seconds in processor.items())
    sheet.said(f"{name}: processor milliseconds an operation", costs)
    sheet.exactly(f"{name}: operations sent and not received", sent - received, 0)
    sheet.at_most(f"{name}: p99 of an answer", p99, PATIENCE, "s")
    return sent / passed


async def _all(fleet: list[Light], urls: list[str], context: ssl.SSLContext) -> None:
    await asyncio.gather(*(laptop.sync(url, context) for laptop, url in zip(fleet, cycle(urls), strict=False)))


def _fleet(home: Path, laptops: int) -> list[Light]:
    service = Service.open(Home(home))
    with service.database.writing() as connection:
        fleet = []
        for number in range(laptops):
            officer = Officer(OfficerId(f"officer-{number}"), f"Officer {number}", "missing_advocate", active=True)
            accounts.add_officer(connection, officer, now())
            key = Ed25519PrivateKey.generate()
            device = accounts.add_device(connection, officer.id, key.public_key().public_bytes_raw().hex(), now())
            fleet.append(Light(author := Author(officer.id, device.id, key), _work(author)))
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
