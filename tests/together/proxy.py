"""Between laptop and service: passes TLS on untouched, and loses, holds back or cuts it where the wire says."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.together.wire import Fault, Wire

TICKETS = 2  # what a TLS 1.3 service sends of its own accord once it knows its client
QUIET = 0.03


class Proxy:
    """Passes TLS on untouched, and does to each request what the wire says. A request is what the laptop sends after
    the service has said something: its first words are the handshake, so nothing can go wrong with those."""

    def __init__(self, target: Callable[[], int], wire: Wire, kill: Callable[[], None]) -> None:
        self.target, self.wire, self.kill = target, wire, kill
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._lines: list[threading.Thread] = []
        self.done: Counter[Fault] = Counter()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in (self._thread, *self._lines):
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._lines = [line for line in self._lines if line.is_alive()]
            self._lines.append(threading.Thread(target=Line(self, client).run, daemon=True))
            self._lines[-1].start()


class Line:
    """One connection through the proxy. Its two ends take turns, as HTTP does, so one thread follows both."""

    def __init__(self, proxy: Proxy, client: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._turn = 0
        self._fault = Fault.NONE

    def run(self) -> None:
        with contextlib.suppress(OSError), self._client:
            self._server = socket.create_connection(("127.0.0.1", self._proxy.target()), timeout=5)
            with self._server:
                self._follow()

    def _follow(self) -> None:
        is_clients_turn = False
        while ready := select.select([self._client, self._server], [], [], 60)[0]:
            source = ready[0]
            data = source.recv(65_536)
            if source is self._client and data and not is_clients_turn:
                self._turn += 1
                self._fault = self._proxy.wire.next() if self._turn > 1 else Fault.NONE
                self._proxy.done[self._fault] += 1
            is_clients_turn = source is self._client
            if not data or not (self._ask(data) if is_clients_turn else self._answer(data)):
                return

    def _ask(self, data: bytes) -> bool:
        match self._fault:
            case Fault.LOSE_REQUEST:
                return False
            case Fault.CRASH_BEFORE:
                self._proxy.kill()
                return False
            case Fault.DELAY:
                data += everything(self._client)
                server = socket.socket(fileno=self._server.detach())
                self._proxy.wire.delayed.append(HeldBack(server, data, self._answer_size))
                return False
            case Fault.DOUBLE:  # TLS lets nobody say a thing twice: it breaks off in the middle instead
                self._server.sendall(data[: len(data) // 2])
                return False
        self._server.sendall(data)
        return True

    def _answer(self, data: bytes) -> bool:
        if self._fault not in (Fault.LOSE_ANSWER, Fault.CRASH_AFTER):
            self._client.sendall(data)
            return True
        wait_for(self._server, self._answer_size, data)
        if self._fault is Fault.CRASH_AFTER:
            self._proxy.kill()
        return False

    @property
    def _answer_size(self) -> int:
        """How many TLS records there are once the request has been answered."""
        return TICKETS + 1 if self._turn == 2 else 1


@dataclass
class HeldBack:
    """A request that the proxy has kept, with the service still waiting for it at the other end."""

    server: socket.socket
    data: bytes
    answer_size: int

    def arrive(self) -> None:
        """Nobody hears the answer; a service that was killed meanwhile gives none."""
        with contextlib.suppress(OSError), self.server:
            self.server.sendall(self.data)
            wait_for(self.server, self.answer_size)

    def vanish(self) -> None:
        self.server.close()


def wait_for(server: socket.socket, records: int, data: bytes = b"") -> None:
    """Until so many have come, of which `data` is the beginning, or the service has closed or said nothing for long."""
    server.settimeout(5)
    while records_in(data) < records and (more := server.recv(65_536)):
        data += more
    everything(server)


def everything(source: socket.socket) -> bytes:
    """What is still on its way."""
    found = b""
    source.settimeout(QUIET)
    with contextlib.suppress(TimeoutError):
        while data := source.recv(65_536):
            found += data
    return found


def records_in(data: bytes) -> int:
    """How many TLS records are there, whole."""
    count = 0
    while len(data) >= 5 and len(data) >= 5 + int.from_bytes(data[3:5]):
        data = data[5 + int.from_bytes(data[3:5]) :]
        count += 1
    return count
