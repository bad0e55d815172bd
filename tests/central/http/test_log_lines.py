"""What the service's log holds when the database fails in the middle of a request: where, and no word of a record."""

from __future__ import annotations

import hashlib
import json
import secrets
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from casework.identifiers import BucketId
from casework.wire.protocol import Hello, Pull, Push, entitled_digest, seal
from casework.wire.signed_texts import authorization, request_text
from central.people.senders import Senders
from central.service import council_of
from desktop.sync.transport import pinned
from tests.central.pushing import Pusher
from tests.central.running import Clock, Council

ROOT = Path(__file__).parents[3]
MARKER = "ZqxMarker7731"
# The database refuses a row, has lost a table, and gives back what nobody wrote.
FAILURES = {
    "refuses": "CREATE TRIGGER no BEFORE INSERT ON operation BEGIN SELECT RAISE(ABORT, 'no'); END",
    "lost": "ALTER TABLE operation RENAME TO elsewhere",
    "changed": "UPDATE device SET last_seen_at = 'ZqxMarker7731'",
}


@dataclass
class Watched:
    """`homeward-central serve` in a process of its own, and all it writes on standard error."""

    council: Council
    ann: Pusher
    client: httpx.Client
    log: Path
    program: subprocess.Popen[str]

    def call(self, path: str, body: bytes) -> httpx.Response:
        at_ms, nonce = int(datetime.now(UTC).timestamp() * 1000), secrets.token_urlsafe(18)
        digest = hashlib.sha256(body).hexdigest()
        text = request_text(
            method="POST", target=path, body_sha256=digest, at_ms=at_ms, nonce=nonce, device_id=self.ann.device_id
        )
        signature = self.ann.author.key.sign(text).hex()
        header = authorization(device_id=self.ann.device_id, at_ms=at_ms, nonce=nonce, signature=signature)
        return self.client.post(path, content=body, headers={"Authorization": header})

    def push(self, child: str, words: str) -> httpx.Response:
        sealed = seal(self.ann.create(child, given_name=words))
        return self.call("/v1/push", Push(epoch=self.epoch, batch_id=secrets.token_hex(8), ops=[sealed]).to_bytes())

    def pull(self) -> httpx.Response:
        asked = Pull(epoch=self.epoch, cursor=0, entitled=entitled_digest(self.buckets), limit=500, whole=True)
        return self.call("/v1/pull", asked.to_bytes())

    def hello(self) -> httpx.Response:
        return self.call("/v1/hello", Hello(proto_min=1, proto_max=1, app="test").to_bytes())

    @cached_property
    def epoch(self) -> str:
        with self.council.service.database.reading() as connection:
            return council_of(connection).epoch

    @cached_property
    def buckets(self) -> set[BucketId]:
        with self.council.service.database.reading() as connection:
            return Senders(connection, self.council.clock()).of(self.ann.device_id).scope.buckets

    def stopped(self) -> str:
        self.client.close()  # a service that ends waits for whoever is still connected
        self.program.send_signal(signal.SIGTERM)
        self.program.wait(30)
        return self.log.read_text()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    council = Council.found(tmp_path / "central")
    council.clock = Clock.real()
    council.officer("ann")
    ann = Pusher.of(council, "ann")
    command = [sys.executable, "-m", "central", "--home", str(council.home.folder), "serve", "--port", "0"]
    log = tmp_path / "log"
    with log.open("w") as errors:
        program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)
    assert program.stdout is not None
    url = json.loads(program.stdout.readline())["listening"]
    with httpx.Client(
        base_url=url, verify=pinned(council.service.authority.pem), trust_env=False, timeout=120
    ) as client:
        yield Watched(council, ann, client, log, program)
    if program.poll() is None:
        program.kill()
        program.wait()
    program.stdout.close()


@pytest.mark.parametrize("how", sorted(FAILURES))
def test_no_failure_of_the_database_writes_a_word_into_the_log(watched: Watched, how: str) -> None:
    first = watched.push(f"{MARKER}-child", f"{MARKER} said she was at the bridge")
    assert first.status_code == 200, first.text
    assert watched.pull().status_code == 200
    database = sqlite3.connect(str(make_url(watched.council.home.settings().database).database))
    with database:
        database.execute(FAILURES[how])
    database.close()

    answers = [watched.push(f"{MARKER}-other", f"{MARKER} again"), watched.pull(), watched.hello()]
    document = {"pdf": (f"{MARKER}.pdf", f"%PDF-1.7 {MARKER} signed nothing".encode())}
    assert "nothing can be said about its signature" in watched.client.post("/check", files=document).text
    log = watched.stopped()
    lines = [json.loads(line) for line in log.splitlines()]

    failed = [answer for answer in answers if answer.status_code >= 500]
    assert failed, "the failure was not met"
    assert all(answer.headers["content-type"] == "application/problem+json" for answer in failed)
    assert MARKER not in log
    assert all(line["at"] and line["instance"] for line in lines)
    faults = {line["request"]: line["fault"] for line in lines if "fault" in line}
    assert {answer.headers["x-request-id"] for answer in failed} == set(faults)
    assert all(any(".py:" in place for place in places) for places in faults.values())
