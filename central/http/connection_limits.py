"""What a connection may cost before anybody knows whose it is: how many there may be, and how long one may be silent.

A connection that is too many is closed where it is accepted, before it costs a handshake; one that does not ask in
time is dropped. Whoever connects a thousand times and says nothing keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from asyncio import sslproto
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from central.keys.authority import Authority

SPARE_FILES = 256  # for the database, its connections and attachments
MOST = 4096
FEWEST = 64
READ_AT_ONCE = 32 * 1024
NO_TICKETS = 0  # a laptop's next conversation begins anew: two tickets for each were made for nobody
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"  # for TLS 1.2; uvicorn would take the CBC ones of twenty years ago


@dataclass(frozen=True, slots=True)
class Limits:
    """`per_address` is generous: all of a council's offices may reach the service from one address. `silent_seconds`
    is how long a body may take besides what its length needs at `slowest` bytes a second. `proxies`: the addresses of
    the council's own, which bring everybody's requests and tell whose each is."""

    per_address: int = 256
    in_all: int = 1024
    handshake_seconds: float = 10
    header_seconds: float = 10
    silent_seconds: float = 20
    slowest: int = 8 * 1024
    proxies: tuple[str, ...] = ()

    def body_seconds(self, length: int) -> float:
        return self.silent_seconds + length / self.slowest


def limits_here() -> Limits:
    """As many connections as this process may have files open, which are raised to what the system allows."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return Limits()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + SPARE_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return Limits(in_all=max(FEWEST, allowed - SPARE_FILES))


class Listener(socket.socket):
    """Accepts no more connections than it may hold, of one address and in all."""

    @classmethod
    def of(cls, listening: socket.socket, limits: Limits) -> Listener:
        made = cls(fileno=listening.detach())
        made.limits, made.held = limits, Counter()
        return made

    limits: Limits
    held: Counter[str]

    def accept(self) -> tuple[socket.socket, Any]:
        """As a listening socket; one that is too many counts as given up by whoever began it."""
        conn, address = super().accept()
        name = _group(str(address[0]))
        is_proxy = bool({name, str(address[0])} & set(self.limits.proxies))
        is_full = not is_proxy and self.held[name] >= self.limits.per_address
        if is_full or self.held.total() >= self.limits.in_all:
            _turn_away(conn)
        self.held[name] += 1
        return _Counted.of(conn, partial(self._let_go, name)), address

    def _let_go(self, name: str) -> None:
        self.held[name] -= 1
        if not self.held[name]:
            del self.held[name]


class _Counted(socket.socket):
    """Until it is closed."""

    _let_go: Callable[[], None] | None = None

    @classmethod
    def of(cls, conn: socket.socket, let_go: Callable[[], None]) -> _Counted:
        made = cls(fileno=conn.detach())
        made._let_go = let_go
        return made

    def close(self) -> None:
        super().close()
        if self._let_go is not None:
            let_go, self._let_go = self._let_go, None
            let_go()


class LimitedServer(uvicorn.Server):
    """uvicorn, with an end to handshakes: it leaves them asyncio's whole minute."""

    limits = Limits()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # WORKAROUND: asyncio lays a quarter of a mebibyte of zeros beside each connection, whatever comes over it:
        # 0.4 ms and 128 MB for the five hundred laptops of a morning
        sslproto.SSLProtocol.max_size = READ_AT_ONCE
        loop = asyncio.get_running_loop()
        create = partial(loop.create_server, ssl_handshake_timeout=self.limits.handshake_seconds)
        loop.create_server = create  # type: ignore[method-assign]  # uvicorn passes none on
        try:
            await super().startup(sockets)
        finally:
            del loop.create_server


class _Prompt(HttpToolsProtocol):
    """Drops a connection on which nobody asks: uvicorn waits for ever for the first words, and for the rest of them."""

    header_seconds: float
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._ask_no_more()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Only while no request is being answered."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._ask_no_more()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.header_seconds, self.transport.abort)

    def _ask_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Renewed(uvicorn.Config):
    """Shows each new connection the certificate that lies there now: one that was renewed needs no restart."""

    _shown: ssl.SSLContext
    _as_of: tuple[int, ...] = ()

    def load(self) -> None:
        super().load()
        if self.ssl is not None:
            self.ssl.num_tickets = NO_TICKETS
            self._shown, self._as_of = self.ssl, self._written()
            self.ssl.sni_callback = self._show

    def _show(self, connection: ssl.SSLObject, _name: str | None, _first: ssl.SSLContext) -> None:
        if self._written() != self._as_of:
            self._read_again()
        connection.context = self._shown

    def _read_again(self) -> None:
        """Two files are never written at one moment: what does not fit yet is read with the next connection."""
        as_of = self._written()
        fresh = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        fresh.set_ciphers(CIPHERS)
        fresh.num_tickets = NO_TICKETS
        with suppress(ssl.SSLError, OSError):
            fresh.load_cert_chain(str(self.ssl_certfile), str(self.ssl_keyfile))
            self._shown, self._as_of = fresh, as_of

    def _written(self) -> tuple[int, ...]:
        try:
            return tuple(Path(str(file)).stat().st_mtime_ns for file in (self.ssl_certfile, self.ssl_keyfile))
        except FileNotFoundError:
            return self._as_of


def config_of(
    app: Callable[..., Any], authority: Authority, limits: Limits, *, grace_seconds: int, log_level: str = "warning"
) -> uvicorn.Config:
    """uvicorn's own, for the council's certificate and these limits."""
    chain, key = authority.server_files
    prompt = type("Prompt", (_Prompt,), {"header_seconds": limits.header_seconds})
    return _Renewed(
        app,
        loop="asyncio",
        http=prompt,
        ws="none",
        ssl_certfile=str(chain),
        ssl_keyfile=str(key),
        ssl_ciphers=CIPHERS,
        proxy_headers=bool(limits.proxies),  # else whoever asks from this machine could say to be anybody
        forwarded_allow_ips=list(limits.proxies),
        log_config=None,  # the program that serves says how its log looks
        log_level=log_level,
        access_log=False,  # `central.http.metrics` writes what may be kept
        server_header=False,
        timeout_graceful_shutdown=grace_seconds,
    )


def _turn_away(conn: socket.socket) -> NoReturn:
    conn.close()
    raise ConnectionAbortedError


def _group(host: str) -> str:
    """An address of the old kind; of the new kind the network, for one machine has as many addresses as it likes."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)
