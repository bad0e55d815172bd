"""A network that misbehaves on purpose: real requests over real TLS, some of whose answers never arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from desktop.sync import identity
from desktop.sync.connection_failures import NO_ANSWER
from desktop.sync.errors import Unreachable
from desktop.sync.runner import Cycle, SyncReport
from desktop.sync.state import State
from desktop.sync.transport import Transport, pinned
from tests.together.laptops import Laptop


@dataclass
class Faults:
    """Which requests and answers get lost, by path; and everything that came over the wire, for reading."""

    lose_answer: Callable[[str], bool] = lambda _path: False
    lose_request: Callable[[str], bool] = lambda _path: False
    change: Callable[[str, httpx.Response], httpx.Response] = lambda _path, response: response
    spoil: Callable[[str, bytes], bytes] = lambda _path, body: body
    received: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class FaultyTransport(Transport):
    """The laptop's own transport, with faults at its edge."""

    def __init__(self, laptop: Laptop, faults: Faults) -> None:
        service = identity.service_of(laptop.vault)
        super().__init__(service.url, pinned(service.ca_pem), laptop.now)
        self._faults = faults

    def _exchange(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        if self._faults.lose_request(path):
            raise Unreachable(NO_ANSWER)
        response = super()._exchange(method, path, self._faults.spoil(path, body), headers)
        self._faults.asked.append(path)
        self._faults.received.append(response.content)
        if self._faults.lose_answer(path):
            raise Unreachable(NO_ANSWER)
        return self._faults.change(path, response)


def sync_through(laptop: Laptop, faults: Faults, begun: State | None = None) -> SyncReport:
    transport = FaultyTransport(laptop, faults)
    try:
        return Cycle(laptop.vault, transport, now=laptop.now).run(begun)
    finally:
        transport.close()
