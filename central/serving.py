"""Runs the service under uvicorn with the council's own TLS certificate, and says one line once it listens."""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import threading
from collections.abc import Iterable

import uvicorn

from central.app import application
from central.authority import Authority
from central.service import Service

GRACE_SECONDS = 20  # a push that has begun is finished before the process ends


class _Announcing(uvicorn.Server):
    """uvicorn has no hook for “now listening”; the line is what tests and service managers wait for."""

    def __init__(self, config: uvicorn.Config, authority: Authority) -> None:
        super().__init__(config)
        self._authority = authority

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(json.dumps(self._line()) + "\n")
            sys.stdout.flush()

    def _line(self) -> dict[str, str]:
        host, port = _addresses(self)[0][:2]
        return {"listening": f"https://{host}:{port}", "ca_sha256": self._authority.fingerprint}


def serve(service: Service, *, host: str, port: int, attended: bool = False) -> None:
    """Returns after a signal, once the requests under way are done; with `attended` also once standard input ends,
    as it does when the program that started this one is gone, however it went."""
    chain, key = service.authority.server_files
    config = uvicorn.Config(
        application(service, logs=True),
        host=host,
        port=port,
        ssl_certfile=str(chain),
        ssl_keyfile=str(key),
        log_level="warning",
        access_log=False,  # `central.watching` writes what may be kept
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    gc.collect()
    gc.freeze()  # what is loaded now stays: the collector need not look at it with every thousand operations
    gc.set_threshold(50_000, 20, 100)
    server = _Announcing(config, service.authority)
    if attended:
        threading.Thread(target=_stop_at_the_end, args=(server,), name="attended", daemon=True).start()
    server.run()


def _stop_at_the_end(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


def _addresses(server: uvicorn.Server) -> list[tuple[str, int]]:
    found: Iterable[socket.socket] = (sock for each in server.servers for sock in each.sockets)
    return [sock.getsockname() for sock in found]
