"""A real council for tests: its own folder and database, uvicorn over TLS on loopback, in a thread of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from central import accounts, founding
from central.accounts import Officer
from central.app import application
from central.home import Home
from central.scope import strands_of
from central.service import Service

START = datetime(2026, 3, 27, 14, 32, tzinfo=UTC)


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = START

    @classmethod
    def real(cls) -> Clock:
        """The machine's own, for tests over real processes."""
        return _Running()

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class _Running(Clock):
    """Goes on by itself; wrong by as much as it was moved."""

    def __call__(self) -> datetime:
        return datetime.now(UTC) + (self.at - START)


@dataclass
class Council:
    home: Home
    clock: Clock
    service: Service
    url: str = ""
    _server: uvicorn.Server | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    @classmethod
    def found(cls, folder: Path, database: str | None = None) -> Council:
        clock = Clock()
        home = Home(folder)
        founding.found(home, name="Rotherham", database=database, hosts=[], now=clock())
        return cls(home, clock, Service.open(home, now=clock))

    def start(self, port: int = 0) -> None:
        chain, key = self.service.authority.server_files
        config = uvicorn.Config(
            application(self.service),
            host="127.0.0.1",
            port=port,
            ssl_certfile=str(chain),
            ssl_keyfile=str(key),
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the service did not start"
            self._thread.join(0.005)
        host, chosen = self._server.servers[0].sockets[0].getsockname()[:2]
        self.url = f"https://{host}:{chosen}"

    def stop(self) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()

    def restart(self) -> None:
        """A new process in all but name: nothing is remembered but what the database holds."""
        self.service = Service.open(self.home, now=self.clock)
        self.start(self.port)

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def officer(self, officer_id: str, role: str = "missing_advocate") -> None:
        with self.service.database.writing() as connection:
            found = Officer(officer_id, officer_id.title(), role, active=True)
            accounts.add_officer(connection, found, self.clock())

    def code(self, officer_id: str) -> str:
        with self.service.database.writing() as connection:
            der = self.service.authority.der
            return str(accounts.issue_code(connection, officer_id, der, self.clock())[0])

    def allocate(self, officer_id: str, child_id: str, *strands: str) -> None:
        with self.service.database.writing() as connection:
            role = accounts.officer_of(connection, officer_id).role
            chosen = frozenset(strands) or strands_of(role)
            accounts.allocate(connection, officer_id, child_id, chosen, now=self.clock(), reason="test")

    def withdraw(self, officer_id: str, child_id: str) -> None:
        with self.service.database.writing() as connection:
            strands = frozenset({"core", "missing", "education"})
            accounts.withdraw(connection, officer_id, child_id, strands, now=self.clock())


@contextmanager
def running(folder: Path, database: str | None = None) -> Iterator[Council]:
    council = Council.found(folder, database)
    council.start()
    try:
        yield council
    finally:
        council.stop()
