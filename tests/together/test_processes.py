"""Over real processes: vaults on a disk, `homeward-central` killed with SIGKILL, and a proxy in between that cuts
connections where it likes. And two instances of the service over one PostgreSQL."""

from __future__ import annotations

import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from casework.identifiers import BucketId
from central.database import tables
from central.database.home import Home
from central.service import Service
from tests.central.conftest import postgres  # noqa: F401 - a fixture
from tests.central.postgres import Cluster
from tests.central.running import Clock, init_words
from tests.forked_verbs import ROOT
from tests.together.processes import Forked, Nursery, Process, central, joined, point_at


class Proxy:
    """Passes bytes on, and cuts both ways after some number of them; TLS goes through untouched."""

    def __init__(self, target: int, seed: int) -> None:
        self._target = target
        self._chance = random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open = True
        self.cuts = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._open = False
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while self._open:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            client.close()
            return
        left = self._chance.choice([1_500, 4_000, 9_000, 40_000, 10_000_000])
        budget = [left]
        pumps = [
            threading.Thread(target=self._pump, args=(a, b, budget)) for a, b in ((client, server), (server, client))
        ]
        for pump in pumps:
            pump.start()
        for pump in pumps:
            pump.join()
        client.close()
        server.close()

    def _pump(self, source: socket.socket, target: socket.socket, budget: list[int]) -> None:
        with suppress(OSError):
            while data := source.recv(2_048):
                budget[0] -= len(data)
                if budget[0] < 0:
                    self.cuts += 1
                    break
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def stored_ids(home: Path) -> set[str]:
    service = Service.open(Home(home))
    try:
        with service.database.reading() as connection:
            return set(connection.execute(select(tables.operation.c.op_id)).scalars())
    finally:
        service.close()


ROUNDS = 12  # long runs are the simulation's, over processes too


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    found = Nursery()
    yield found
    found.close()


def test_killed_services_and_cut_connections_lose_nothing(tmp_path: Path, nursery: Nursery) -> None:
    """SIGKILL at any moment, connections cut after any number of bytes: at the end both laptops have every word."""
    chance = random.Random(ROUNDS)
    now = Clock.real()
    with central(tmp_path / "central") as process:
        ann, ben = (joined(process, name, tmp_path / name, now) for name in ("ann", "ben"))
        child = ann.child(given_name="Zoë", family_name="Ōtsuka")
        ann.synced()
        process.run("allocate", "ben", child)
        ben.synced()
        said, cuts = [], 0
        process.stop(signal.SIGTERM)
        served = Forked(nursery, process.home, process.port)
        for number in range(ROUNDS):
            served.start()
            proxy = Proxy(process.port, seed=number)
            for laptop in (ann, ben):
                point_at(laptop, proxy.port)
                said += [laptop.say(child, known_as=f"{number}").op_id for _ in range(chance.randint(1, 12))]
            killer = threading.Timer(chance.uniform(0.0, 0.4), served.kill)
            killer.start()
            for laptop in (ann, ben, ann):
                laptop.sync()
            killer.join()
            proxy.close()
            cuts += proxy.cuts
        process.start()
        for laptop in (ann, ben, ann):
            point_at(laptop, process.port)
            assert laptop.sync().problem is None

        assert set(said) <= stored_ids(process.home)
        assert ann.vault.outbox.waiting() == ben.vault.outbox.waiting() == []
        assert ann.view(child).content_hash == ben.view(child).content_hash
        bucket = BucketId(f"{child}:core")
        assert ann.vault.feed.recount(bucket) == ann.vault.feed.digest(bucket) == ben.vault.feed.digest(bucket)
        ann.vault.close()
        ben.vault.close()
        assert cuts > 0, "a proxy that cuts nothing proves nothing"
        assert process.stop(signal.SIGTERM) in (0, -signal.SIGTERM)


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_two_instances_over_one_database_are_one_service(tmp_path: Path, postgres: Cluster) -> None:  # noqa: F811
    """Each laptop talks to the instance it happens to reach, and to the other the next time."""
    now = Clock.real()
    database = postgres.new_database(f"two_{secrets.token_hex(4)}")
    with central(tmp_path / "central", database) as first:
        second = Process(first.home)
        second.start()
        try:
            ann = joined(first, "ann", tmp_path / "ann", now)
            ben = joined(second, "ben", tmp_path / "ben", now)
            child = ann.child(given_name="Zoë", family_name="Ōtsuka")
            ann.synced()
            first.run("allocate", "ben", child)
            ben.synced()
            for number in range(6):
                for laptop, port in ((ann, (first, second)[number % 2].port), (ben, (second, first)[number % 2].port)):
                    point_at(laptop, port)
                    laptop.say(child, known_as=f"{number}", pronouns=f"{number}")
                both = [threading.Thread(target=laptop.sync) for laptop in (ann, ben)]
                for each in both:
                    each.start()
                for each in both:
                    each.join()
            for laptop in (ann, ben, ann):
                laptop.synced()

            assert ann.view(child).content_hash == ben.view(child).content_hash
            assert ann.vault.outbox.waiting() == ben.vault.outbox.waiting() == []
            bucket = BucketId(f"{child}:core")
            assert ann.vault.feed.recount(bucket) == ben.vault.feed.recount(bucket)
            assert ann.vault.feed.digest(bucket).count == 13
            ann.vault.close()
            ben.vault.close()
        finally:
            second.stop(signal.SIGTERM)


STARTER = """
import subprocess, sys, time
words = [sys.executable, "-m", "central", "--home", sys.argv[1], "serve", "--port", "0", "--attended"]
service = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
service.stdout.readline()
print(service.pid, flush=True)
time.sleep(600)
"""


def test_an_attended_service_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """However that went: a window that aborts leaves no service behind."""
    Process(tmp_path / "central").run(*init_words(tmp_path / "central"))
    command = [sys.executable, "-c", STARTER, str(tmp_path / "central")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as starter:
        assert starter.stdout
        service = int(starter.stdout.readline())
        assert Path(f"/proc/{service}").exists()
        starter.kill()

    deadline = time.monotonic() + 30
    while _runs(service) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(service)


def _runs(process: int) -> bool:
    """An ended child that nobody has asked after yet still has an entry, as a zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
