"""The world of the simulation over real processes: `homeward-central serve` over PostgreSQL, killed with SIGKILL, and a
proxy in between that loses, holds back and cuts what passes. Timing makes its faults not exactly repeatable."""

from __future__ import annotations

import json
import os
import secrets
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

import msgspec
from sqlalchemy import insert, make_url, text

from casework.wire.message import Message
from casework.wire.protocol import PullReply
from central.database import tables
from central.database.database import Database
from desktop.store.database.remembered import SERVICE
from desktop.sync import identity
from desktop.sync.enrolment import enrol
from desktop.sync.runner import SyncReport
from desktop.sync.transport import RequestSigner, Transport, pinned
from tests.central.postgres import Cluster
from tests.central.running import Clock, init_words
from tests.forked_verbs import ROOT, program
from tests.together.laptops import Laptop
from tests.together.proxy import Proxy
from tests.together.world import Member, World

R = TypeVar("R", bound=Message)


@dataclass
class Process:
    """`homeward-central serve`, as a service manager would run it."""

    home: Path
    port: int = 0
    url: str = ""
    running: subprocess.Popen[str] | None = field(default=None, repr=False)

    def run(self, *arguments: str) -> str:
        done = program("central").run("--home", self.home, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "-m", "central", "--home", str(self.home), "serve", "--port", str(self.port)]
        self.running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        assert self.running.stdout
        self.url = json.loads(self.running.stdout.readline())["listening"]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self, how: signal.Signals) -> int:
        assert self.running
        self.running.send_signal(how)
        status = self.running.wait(30)
        assert self.running.stdout
        self.running.stdout.close()
        self.running = None
        return status

    def code(self, officer: str) -> str:
        return str(json.loads(self.run("device", "code", officer, "--json"))["code"])


FORKING = """
import json, os, signal, sys
import central.commands.every_verb, central.commands.serving, central.http.asgi
from central.__main__ import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    if not os.fork():
        sys.stdin.close()
        print(os.getpid(), flush=True)
        main(json.loads(line))
        print("null", flush=True)
        os._exit(1)
"""


class Nursery:
    """A process that has loaded the program once and forks each service from itself: loading it anew would take two
    seconds, as often as a simulation kills one."""

    def __init__(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-c", FORKING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )

    def serve(self, home: Path, port: int) -> tuple[int, str]:
        """`homeward-central serve`, once it listens: its process, and where."""
        assert self._running.stdin
        assert self._running.stdout
        self._running.stdin.write(json.dumps(["--home", str(home), "serve", "--port", str(port)]) + "\n")
        self._running.stdin.flush()
        process = int(self._running.stdout.readline())
        return process, json.loads(self._running.stdout.readline())["listening"]

    def close(self) -> None:
        self._running.communicate(timeout=30)


@dataclass
class Forked:
    """One service from the nursery."""

    nursery: Nursery
    home: Path
    port: int = 0
    url: str = ""
    running: int = 0

    def start(self) -> None:
        self.running, self.url = self.nursery.serve(self.home, self.port)
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """SIGKILL; it is gone when this returns."""
        handle = os.pidfd_open(self.running)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], 30)
        os.close(handle)
        self.running = 0


@contextmanager
def central(folder: Path, database: str | None = None) -> Iterator[Process]:
    found = Process(folder)
    found.run(*init_words(folder), *(["--database", database] if database else []))
    for officer in ("ann", "ben"):
        found.run("officer", "add", "--id", officer, "--name", officer, "--role", "missing_advocate")
    found.start()
    try:
        yield found
    finally:
        if found.running:
            found.stop(signal.SIGTERM)


def joined(process: Process, officer: str, folder: Path, clock: Clock) -> Laptop:
    laptop = Laptop.new(folder, clock)
    enrol(laptop.vault, process.url, process.code(officer), now=clock)
    return laptop


def point_at(laptop: Laptop, port: int) -> None:
    service = laptop.vault.settings.get(SERVICE)
    laptop.vault.settings.put(SERVICE, msgspec.structs.replace(service, url=f"https://127.0.0.1:{port}"))


class Overheard(Transport):
    """The laptop's own transport. What it was sent is kept for the invariants, as far as it arrived."""

    def __init__(self, member: Member, world: World) -> None:
        service = identity.service_of(member.laptop.vault)
        super().__init__(service.url, pinned(service.ca_pem), member.clock)
        self._world = world

    def call(self, path: str, message: Message, reply: type[R], signer: RequestSigner) -> R:
        found = super().call(path, message, reply, signer)
        if isinstance(found, PullReply):
            self._world.sent.append((signer.device_id, found))
        return found


@dataclass
class RealWorld(World):
    """The service as its own process; the administrator at the same database, as the command line does it."""

    cluster: ClassVar[Cluster]
    nursery: ClassVar[Nursery]
    crashes: int = 0

    def __post_init__(self) -> None:
        self.process = Forked(self.nursery, self.council.home.folder)
        self.process.start()
        self._door = threading.Lock()
        self.proxy = Proxy(lambda: self.process.port, self.wire, self.crash)

    @classmethod
    def new_database(cls, like: str = "postgresql://") -> str:
        return cls.cluster.new_database(f"world_{secrets.token_hex(6)}", like=make_url(like).database or "template0")

    @classmethod
    def new_clock(cls) -> Clock:
        return Clock.real()

    def jump(self, clock: Clock, seconds: int) -> None:
        """Laptops' only: the service's clock is the machine's."""
        if clock is not self.clock:
            super().jump(clock, seconds)

    def reaching(self, laptop: Laptop) -> Laptop:
        point_at(laptop, self.proxy.port)
        return laptop

    def transport(self, member: Member) -> Transport:
        return Overheard(member, self)

    def enrol(self, laptop: Laptop, officer_id: str) -> None:
        self.revive()
        enrol(laptop.vault, self.process.url, self.council.code(officer_id), now=laptop.now)

    def sync(self, member: Member, *, crash_at: tuple[int, bool] | None = None) -> SyncReport | None:
        self.revive()
        try:
            return super().sync(member, crash_at=crash_at)
        finally:
            self.revive()

    def deliver_delayed(self, index: int) -> None:
        super().deliver_delayed(index)
        self.revive()

    def crash(self) -> None:
        """SIGKILL, whatever it is doing."""
        with self._door:
            if self.process.running:
                self.process.kill()
                self.crashes += 1

    def revive(self) -> None:
        with self._door:
            if not self.process.running:
                self.process.start()

    def restart_service(self) -> None:
        self.crash()
        super().restart_service()
        self.revive()

    def restore_service(self, copy: Path) -> None:
        self.crash()
        super().restore_service(copy)

    def end(self) -> None:
        self.proxy.close()
        self.crash()
        super().end()

    def back_up(self, copy: Path) -> None:
        """Every row of every table, as one moment sees them."""
        with self.service.database.reading() as connection:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            rows = {
                table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in tables.metadata.sorted_tables
            }
        copy.write_text(json.dumps(rows), encoding="utf-8")

    def put_back(self, copy: Path) -> None:
        rows = json.loads(copy.read_text(encoding="utf-8"))
        database = Database(self.council.home.settings().database)
        with database.writing() as connection:
            for table in tables.metadata.sorted_tables:
                connection.execute(table.delete())
                if rows[table.name]:
                    connection.execute(insert(table), rows[table.name])
        database.close()

    def laptops_in(self, copy: Path) -> set[str]:
        rows = json.loads(copy.read_text(encoding="utf-8"))
        return {row["id"] for row in rows["device"] if row["state"] != "forked"}
