"""Who asks: anybody, a stranger who may not ask often, or the laptop that signed the request."""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from casework.wire.message import Message
from central.database.errors import Refused
from central.http import request_signing
from central.http.connection_limits import Limits
from central.http.metrics import Metrics
from central.http.rate_limit import CHECKING, LAPTOP, STAMPING, STRANGER, Pacing, Turns
from central.http.request_signing import Credentials, Replays
from central.people.accounts import Device, Officer, device_and_officer, refuse_withdrawn
from central.service import Service

A = TypeVar("A", bound=msgspec.Struct)
Answer = Message | str | Response
Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


@dataclass(frozen=True)
class Traffic:
    """What this process remembers of the requests so far; nothing of it outlives the process."""

    replays: Replays = field(default_factory=Replays)
    metrics: Metrics = field(default_factory=Metrics)
    laptops: Pacing = field(default_factory=lambda: Pacing(LAPTOP))
    strangers: Pacing = field(default_factory=lambda: Pacing(STRANGER))
    checking: Pacing = field(default_factory=lambda: Pacing(CHECKING))
    stamping: Pacing = field(default_factory=lambda: Pacing(STAMPING))
    checks: Turns = field(default_factory=Turns)
    limits: Limits = field(default_factory=Limits)
    counted_from: Networks = ()

    def may_count(self, host: str) -> bool:
        """Whether somebody at this address may read the counts: this machine, and the networks it was told of. Never
        a proxy that does not say for whom it asks."""
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return False
        is_known = address.is_loopback or any(address in network for network in self.counted_from)
        return is_known and host not in self.limits.proxies


class Place(msgspec.Struct, frozen=True):
    """What an address names: the parts of its path, and of its query."""


@dataclass(frozen=True)
class Visitor:
    """Whoever sent the request, and its body as it came."""

    request: Request
    body: bytes

    @classmethod
    def turn(cls, _request: Request) -> AbstractContextManager[None]:
        """Held from before the body is read until it is answered. Raises Refused where too many are at it."""
        return nullcontext()

    @classmethod
    async def body_of(cls, _request: Request) -> bytes:
        """What is read before anything is asked: of anybody nothing. Raises Refused."""
        return b""

    @classmethod
    def admit(cls, request: Request, body: bytes) -> Visitor:
        """Raises Refused for who may not ask."""
        return cls(request, body)

    @property
    def service(self) -> Service:
        return service_of(self.request)

    @property
    def traffic(self) -> Traffic:
        return traffic_of(self.request)

    def header(self, name: str) -> str:
        """Empty when it is not there."""
        return self.request.headers.get(name, "")

    def asked(self, kind: type[A]) -> A:
        """The message in the body, or what the address names."""
        if issubclass(kind, Message):
            return kind.from_bytes(request_signing.unpack(self.body, self.header("content-encoding")))
        named = {**self.request.query_params, **self.request.path_params}
        try:
            return msgspec.convert(named, kind, strict=False)
        except msgspec.ValidationError as error:
            raise Refused(400, "malformed", "The request cannot be read.") from error

    def told(self, answer: Answer) -> Response:
        if isinstance(answer, Message):
            return request_signing.packed(answer.to_bytes(), self.header("accept-encoding"))
        return PlainTextResponse(answer) if isinstance(answer, str) else answer


class Stranger(Visitor):
    """Anybody, but not too often, and not at length."""

    @classmethod
    async def body_of(cls, request: Request) -> bytes:
        traffic = traffic_of(request)
        traffic.strangers.spend(host_of(request))
        return await request_signing.read_body(request, traffic.limits, request_signing.MAX_UNANNOUNCED)


@dataclass(frozen=True)
class Caller(Visitor):
    """A laptop that signed the request, and its officer."""

    device: Device
    officer: Officer

    @classmethod
    async def body_of(cls, request: Request) -> bytes:
        """A few messages, or as many as come from a laptop whose signature covers the hash that the headers announce:
        that is looked at before they are read."""
        if not request_signing.has_body(request):
            return b""
        found, limits = request_signing.credentials(request), traffic_of(request).limits
        announced = request_signing.announced_hash(request)
        if not announced:
            return await request_signing.read_body(request, limits, request_signing.MAX_UNANNOUNCED)
        if request_signing.check_length(request) > request_signing.MAX_UNANNOUNCED:
            await asyncio.to_thread(_signer, request, found, announced)
        body = await request_signing.read_body(request, limits)
        request_signing.check_announced(body, announced)
        return body

    @classmethod
    def admit(cls, request: Request, body: bytes) -> Caller:
        """A withdrawn laptop still gets this far: each address says what it may do."""
        service, traffic = service_of(request), traffic_of(request)
        found = request_signing.credentials(request)
        laptop, owner = _signer(request, found, request_signing.hash_of(body))
        request_signing.check_fresh(found, traffic.replays, request_signing.now_ms(service.now))
        traffic.laptops.spend(laptop.id)
        return cls(request, body, laptop, owner)

    def refuse_withdrawn(self) -> None:
        """Raises Refused for a laptop that may no longer receive anything."""
        refuse_withdrawn(self.device, self.officer)

    def refuse_erased(self) -> None:
        """Raises Refused for a laptop that has nothing more to hand over; one that was withdrawn hands over its last
        work, photographs too, and is given nothing."""
        if self.device.state != "drain":
            self.refuse_withdrawn()


def host_of(request: Request) -> str:
    return request.client.host if request.client else ""


def service_of(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


def traffic_of(request: Request) -> Traffic:
    found: Traffic = request.app.state.traffic
    return found


def _signer(request: Request, found: Credentials, body_sha256: str) -> tuple[Device, Officer]:
    with service_of(request).database.glancing() as connection:
        registered = device_and_officer(connection, found.device_id)
    return request_signing.signer(found, registered, request, body_sha256)
