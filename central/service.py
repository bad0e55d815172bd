"""The service as a whole: what its routes share, and the application itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool

from casework.protocol import Message
from central import door
from central.accounts import Device, Officer, device_of, officer_of
from central.authority import Authority
from central.clock import Now, utc_now
from central.database import Database
from central.definitions import Definitions
from central.door import Replays
from central.errors import Refused
from central.home import Home
from central.intake import Intake
from central.pace import LAPTOP, STRANGER, Pacing
from central.tables import council
from central.watching import Metrics

M = TypeVar("M", bound=Message)
SMALL = 4096  # bytes: a hello is read sooner than a thread is found to read it


@dataclass(frozen=True)
class Council:
    name: str
    epoch: str


@dataclass(frozen=True)
class Service:
    """Everything a route may use."""

    home: Home
    database: Database
    authority: Authority
    definitions: Definitions
    now: Now
    replays: Replays = field(default_factory=Replays)
    metrics: Metrics = field(default_factory=Metrics)
    laptops: Pacing = field(default_factory=lambda: Pacing(LAPTOP))
    strangers: Pacing = field(default_factory=lambda: Pacing(STRANGER))

    @classmethod
    def open(cls, home: Home, *, now: Now = utc_now) -> Service:
        database = Database(home.settings().database)
        return cls(home, database, Authority.open(home.keys), Definitions(database), now)

    @property
    def intake(self) -> Intake:
        return Intake(self.database, self.definitions, self.now)

    def close(self) -> None:
        self.database.close()


@dataclass(frozen=True, slots=True)
class Caller:
    """A laptop that signed the request, its officer, and the body as it came."""

    device: Device
    officer: Officer
    body: bytes


def council_of(connection: Connection) -> Council:
    row = connection.execute(select(council.c.name, council.c.epoch)).one()
    return Council(row.name, row.epoch)


async def service_of(request: Request) -> Service:
    """Not worth a thread of its own, unlike what asks the database."""
    found: Service = request.app.state.service
    return found


async def body_of(request: Request) -> bytes:
    return await door.read_body(request)


Here = Annotated[Service, Depends(service_of)]
Body = Annotated[bytes, Depends(body_of)]


def caller(request: Request, service: Here, body: Body) -> Caller:
    """Who signed the request. A withdrawn laptop still gets this far: routes say what it may do."""
    found = door.credentials(request)
    with service.database.reading() as connection:
        laptop = door.signer(found, device_of(connection, found.device_id), request, body)
        now_ms = door.now_ms(service.now)
        door.check_fresh(found, service.replays, now_ms)
        service.laptops.spend(laptop.id)
        return Caller(laptop, officer_of(connection, laptop.officer_id), body)


Asking = Annotated[Caller, Depends(caller)]


def message(model: type[M]) -> Callable[..., Awaitable[M]]:
    """A signed request's body as a message."""

    async def read(request: Request, asking: Asking) -> M:
        encoding = request.headers.get("content-encoding", "")
        if not encoding and len(asking.body) <= SMALL:
            return door.parsed(model, asking.body)
        return await run_in_threadpool(lambda: door.parsed(model, door.unpack(asking.body, encoding)))

    return read


def open_message(model: type[M]) -> Callable[..., M]:
    """The body of a request that cannot be signed yet."""

    def read(request: Request, service: Here, body: Body) -> M:
        stranger(request, service)
        return door.parsed(model, door.unpack(body, request.headers.get("content-encoding", "")))

    return read


def stranger(request: Request, service: Here) -> None:
    """For what anybody may ask: not too often."""
    service.strangers.spend(request.client.host if request.client else "")


def entitled_caller(asking: Caller) -> Caller:
    """Raises Refused for a laptop that may no longer receive anything."""
    if asking.device.state != "active" or not asking.officer.active:
        raise Refused(403, "device_revoked", "This laptop has been withdrawn.")
    return asking
