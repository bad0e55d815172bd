"""A real council for tests: its own folder and database, uvicorn over TLS on loopback, in a thread of this process."""

from __future__ import annotations

import atexit
import functools
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

import uvicorn
from sqlalchemy import make_url
from starlette.applications import Starlette

from casework.identifiers import OfficerId, child_named
from central.commands import founding
from central.commands.founding import Keeping
from central.database.database import Database
from central.database.home import Home
from central.http.asgi import application
from central.http.connection_limits import LimitedServer, Limits, Listener, config_of
from central.intake.definitions import publish_folder
from central.keys import key_folder
from central.keys.authority import Authority
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import Keeper, StretchCost
from central.people import accounts
from central.people.accounts import Officer
from central.people.allocating import commission_known
from central.people.scope import strands_of
from central.service import Service

COUNCIL_FILE = str(resources.files("resources").joinpath("councils", "rotherham.toml"))
START = datetime(2026, 3, 27, 14, 32, tzinfo=UTC)

QUICK = StretchCost(8 * 4, 1, 4)  # said by tests alone: a guess costs nothing
KEEPERS = (
    Keeper("Ada Ruiz", "otter lantern thimble walnut kettle"),
    Keeper("Ben Sato", "copper anthem ladder quilt harbour"),
    Keeper("Cy Okoro", "velvet gravel parsnip trumpet dune"),
)
CHEAP = ("--guess-memory", "1")


def recovery_file(folder: Path) -> Path:
    """Beside the service's folder, never in it."""
    return folder.parent / f"{folder.name}-recovery.key"


def keeping(folder: Path) -> Keeping:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Keeping(KEEPERS, recovery_file(folder), QUICK)


def found_keys(folder: Path, now: datetime, hosts: Sequence[str] = ()) -> Authority:
    """The keys of a council that has nothing else yet."""
    keeping(folder).found(folder / "keys", council="Rotherham", hosts=hosts, now=now)
    return Authority.open(folder / "keys")


def keepers_words(folder: Path, *, flag: str = "--keeper", count: int = 2) -> tuple[str, ...]:
    """As an administrator names them, each with the passphrase in a file beside the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    words: list[str] = []
    for keeper in KEEPERS[:count]:
        file = folder.parent / f"{keeper.name.split()[0]}.phrase"
        file.write_text(keeper.passphrase + "\n")
        words += [flag, f"{keeper.name}={file}"]
    return tuple(words)


def init_words(folder: Path) -> tuple[str, ...]:
    """`homeward-central init`, all of it."""
    keepers = keepers_words(folder, count=3)
    return ("init", "--council-file", COUNCIL_FILE, *keepers, *CHEAP, "--recovery-key", str(recovery_file(folder)))


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


@functools.cache
def migrated() -> Path:
    """A file as `found_into` leaves it."""
    folder = Path(tempfile.mkdtemp(prefix="homeward-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found_into(f"sqlite:///{folder / 'central.sqlite'}")
    return folder / "central.sqlite"


def found_into(address: str) -> None:
    """Tables with the shipped forms and without a council: to make them takes a third of a second each time."""
    tables = Database(address)
    tables.migrate()
    with tables.writing() as connection:
        publish_folder(connection, founding.shipped_forms(), START)
    tables.close()


@dataclass
class Council:
    home: Home
    clock: Clock
    service: Service
    url: str = ""
    limits: Limits = field(default_factory=Limits)
    app: Starlette | None = field(default=None, repr=False)
    _server: uvicorn.Server | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    @classmethod
    def found(cls, folder: Path, database: str | None = None) -> Council:
        clock = Clock()
        home = Home(folder)
        if database is None:
            folder.mkdir(parents=True, mode=0o700)
            shutil.copyfile(migrated(), make_url(home.default_database).database or "")
        founding.found(home, name="Rotherham", database=database, hosts=[], now=clock(), keeping=keeping(folder))
        return cls(home, clock, Service.open(home, now=clock))

    @property
    def recovery_file(self) -> Path:
        return recovery_file(self.home.folder)

    def root(self) -> CouncilRoot:
        """As two keepers open it."""
        return key_folder.open_root(self.home.keys, KEEPERS[:2])

    def start(self, port: int = 0) -> None:
        self.app = application(self.service, limits=self.limits)
        self._server = LimitedServer(config_of(self.app, self.service.authority, self.limits, grace_seconds=2))
        self._server.limits = self.limits
        listening = Listener.of(socket.create_server(("127.0.0.1", port)), self.limits)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), daemon=True)
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

    def officer(self, officer_id: str, role: str = "missing_advocate", team: str = "") -> None:
        with self.service.database.writing() as connection:
            found = Officer(OfficerId(officer_id), officer_id.title(), role, active=True, team=team)
            accounts.add_officer(connection, found, self.clock())

    def code(self, officer_id: str) -> str:
        with self.service.database.writing() as connection:
            der = self.service.authority.der
            return str(accounts.issue_code(connection, OfficerId(officer_id), der, self.clock())[0])

    def allocate(self, officer_id: str, child_id: str, *strands: str) -> None:
        with self.service.database.writing() as connection:
            role = accounts.officer_of(connection, OfficerId(officer_id)).role
            chosen = frozenset(strands) or strands_of(role)
            accounts.allocate(
                connection, OfficerId(officer_id), child_named(child_id), chosen, now=self.clock(), reason="test"
            )

    def commission(self, officer_id: str, child_id: str, episode: str, last: date) -> None:
        with self.service.database.writing() as connection:
            owner = accounts.officer_of(connection, OfficerId(officer_id))
            commission_known(connection, owner, child_named(child_id), episode, last, now=self.clock(), reason="test")

    def withdraw(self, officer_id: str, child_id: str) -> None:
        with self.service.database.writing() as connection:
            strands = frozenset({"core", "missing", "education"})
            accounts.withdraw(connection, OfficerId(officer_id), child_named(child_id), strands, now=self.clock())


@contextmanager
def running(folder: Path, database: str | None = None) -> Iterator[Council]:
    council = Council.found(folder, database)
    council.start()
    try:
        yield council
    finally:
        council.stop()
