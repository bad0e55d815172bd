"""Runs the service under uvicorn with the council's own TLS certificate, and says one line once it listens."""

from __future__ import annotations

import gc
import ipaddress
import json
import os
import socket
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import uvicorn

from central.database.errors import CentralError
from central.http.asgi import application
from central.http.callers import Networks
from central.http.connection_limits import LimitedServer, Limits, Listener, config_of, limits_here
from central.http.log_lines import keep_log
from central.keys.authority import NOT_RUNNING_YET, Authority
from central.service import Service

HIGHEST_PORT = 65535
GRACE_SECONDS = 20  # a push that has begun is finished before the process ends


class _Announcing(LimitedServer):
    """uvicorn has no hook for “now listening”; the line is what tests and service managers wait for."""

    def __init__(self, config: uvicorn.Config, authority: Authority, limits: Limits) -> None:
        super().__init__(config)
        self._authority = authority
        self.limits = limits

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(json.dumps(self._line()) + "\n")
            sys.stdout.flush()

    def _line(self) -> dict[str, str]:
        host, port = _addresses(self)[0][:2]
        return {"listening": f"https://{host}:{port}", "ca_sha256": self._authority.fingerprint}


def serve(
    service: Service,
    *,
    host: str,
    port: int,
    attended: bool = False,
    counted_from: Sequence[str] = (),
    proxies: Sequence[str] = (),
) -> None:
    """Returns after a signal, once the requests under way are done; with `attended` also once standard input ends,
    as it does when the program that started this one is gone, however it went. Raises CentralError when it cannot
    listen."""
    keep_log()
    if service.authority.key and not service.authority.server_files[1].exists():
        raise CentralError(NOT_RUNNING_YET)
    limits = replace(limits_here(), proxies=_addressed(proxies))
    app = application(service, logs=True, limits=limits, counted_from=_networks(counted_from))
    config = config_of(app, service.authority, limits, grace_seconds=GRACE_SECONDS)
    server, listening = _Announcing(config, service.authority, limits), _listening(host, port)
    if attended:
        threading.Thread(target=_stop_at_the_end, args=(server,), name="attended", daemon=True).start()
    with _collected_seldom():
        server.run(sockets=[Listener.of(listening, limits)])


@contextmanager
def _collected_seldom() -> Iterator[None]:
    """What is loaded now stays: the collector need not look at it with every thousand operations. Whoever called goes
    on as before, since a program that could not listen is not always one that ends."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _networks(named: Sequence[str]) -> Networks:
    """Raises CentralError for what is no network."""
    try:
        return tuple(ipaddress.ip_network(name, strict=False) for name in named)
    except ValueError as error:
        message = "A network is given as 10.20.0.0/16 or fd00:20::/32, or as one address."
        raise CentralError(message) from error


def _addressed(named: Sequence[str]) -> tuple[str, ...]:
    """Raises CentralError for what is no address: a whole network of proxies would be anybody's."""
    try:
        return tuple(str(ipaddress.ip_address(name)) for name in named)
    except ValueError as error:
        message = "A proxy is named by its one address, such as 10.20.0.5."
        raise CentralError(message) from error


def _listening(host: str, port: int) -> socket.socket:
    """Raises CentralError for an address that is taken, or not this machine's."""
    if not 0 <= port <= HIGHEST_PORT:
        message = f"There is no port {port}. Choose one up to {HIGHEST_PORT} with --port."
        raise CentralError(message)
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        message = f"The service cannot listen at port {port} of {host}: {why}. Choose another with --port."
        raise CentralError(message) from error


def _stop_at_the_end(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


def _addresses(server: uvicorn.Server) -> list[tuple[str, int]]:
    found: Iterable[socket.socket] = (sock for each in server.servers for sock in each.sockets)
    return [sock.getsockname() for sock in found]
