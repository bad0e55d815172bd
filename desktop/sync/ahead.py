"""Asks before the answer in front is on the disk: while this laptop keeps one batch or page, the service is already at
work on the next. An answer is used only if the question, when it comes to be asked, turns out the same; otherwise it
is as if it had been lost on the way, which is harmless."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self

from casework.records import Operation
from casework.wire.protocol import (
    Greet,
    Greeted,
    Hello,
    HelloReply,
    Pull,
    PullReply,
    Push,
    PushReply,
    Sealed,
    unseal,
)
from desktop.store.records.records import Made
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.pages import following, sealed
from desktop.sync.state import RECEIVED
from desktop.sync.transport import RequestSigner, Transport

Room = tuple[int, int]  # at most so many operations, and so many bytes


@dataclass(frozen=True, slots=True)
class Arrived:
    """A page, the operations in it, and what could be made ready of them before they are kept."""

    reply: PullReply
    operations: tuple[Operation, ...]
    ready: Mapping[str, Made]


@dataclass(frozen=True, slots=True)
class _Page:
    asked: Pull
    found: Future[Arrived]


@dataclass(frozen=True, slots=True)
class _Batch:
    asked: Push
    room: Room
    reply: Future[PushReply]


class Ahead:
    """For one reconciliation: at most one request is ahead, and none is left when the block ends."""

    def __init__(self, vault: Vault, transport: Transport) -> None:
        self._vault = vault
        self._transport = transport
        self._page: _Page | None = None
        self._batch: _Batch | None = None
        self._room: Room = (0, 0)
        self._worker = ThreadPoolExecutor(1, "homeward-ahead")  # begins its thread with its first work

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._worker.shutdown()

    def greet(self, hello: Hello, then: Pull) -> HelloReply:
        """Hello with what will be asked after it; by itself where the service is of before there was such a thing."""
        signer = identity.signer_of(self._vault)
        try:
            found = self._transport.call("/v1/greet", Greet(hello=hello, pull=then), Greeted, signer)
        except Refusal as refusal:
            if refusal.status != HTTPStatus.NOT_FOUND:
                raise
            return self._transport.call("/v1/hello", hello, HelloReply, signer)
        if found.page is not None:
            self._page = _Page(then, self._worker.submit(self._read, found.page))
        return found.hello

    def pull(self, asked: Pull) -> Arrived:
        """One page, read; the one after it is then on its way."""
        signer = identity.signer_of(self._vault)
        ahead, self._page = self._page, None
        found = ahead.found.result() if ahead and ahead.asked == asked else self._fetch(asked, signer)
        if found.reply.more and found.reply.entitled is None:
            then = following(asked, found.reply)
            self._page = _Page(then, self._worker.submit(self._fetch, then, signer))
        return found

    def choose(self, max_ops: int, max_bytes: int) -> tuple[Sealed, ...]:
        """The oldest that wait. What went ahead is not read again, if it is still what comes next."""
        self._room = (max_ops, max_bytes)
        if self._batch is not None:
            ids = [op.op_id for op in self._batch.asked.ops]
            if self._batch.room == self._room and self._vault.outbox.next_ids(len(ids)) == ids:
                return tuple(self._batch.asked.ops)
        found = self._vault.outbox.sealed(max_ops, max_bytes)
        own = identity.names_of(self._vault)
        if any(device_id not in own for _, device_id, _ in found):  # interrupted while it took a new name
            identity.renumber(self._vault)
            found = self._vault.outbox.sealed(max_ops, max_bytes)
        return tuple(sealed(op_id, text) for op_id, _, text in found)

    def push(self, asked: Push) -> PushReply:
        """One batch. The next is read meanwhile, and sent as soon as all of this one was received."""
        signer = identity.signer_of(self._vault)
        self._page = None  # what came with hello was so before this
        ahead, self._batch = self._batch, None
        is_sent = ahead is not None and ahead.asked == asked
        reply = ahead.reply if ahead and is_sent else self._worker.submit(self._send, asked, signer)
        then = self._after(asked)
        found = reply.result()
        if then is not None and all(result.status in RECEIVED for result in found.results):
            self._batch = _Batch(then, self._room, self._worker.submit(self._send, then, signer))
        return found

    def _after(self, asked: Push) -> Push | None:
        """Nothing after a colleague's operations, which are in no outbox here."""
        found = self._vault.outbox.sealed(*self._room, after=asked.ops[-1].op_id)
        own = identity.names_of(self._vault) if found else frozenset()
        if not found or any(device_id not in own for _, device_id, _ in found):
            return None
        ops = [sealed(op_id, text) for op_id, _, text in found]
        return Push(batch_id=ops[0].op_id, epoch=asked.epoch, ops=ops)

    def _fetch(self, asked: Pull, signer: RequestSigner) -> Arrived:
        return self._read(self._transport.call("/v1/pull", asked, PullReply, signer))

    def _read(self, reply: PullReply) -> Arrived:
        operations = tuple(unseal(item.op) for item in reply.items if item.op is not None)
        return Arrived(reply, operations, self._vault.made_ready(operations))

    def _send(self, asked: Push, signer: RequestSigner) -> PushReply:
        return self._transport.call("/v1/push", asked, PushReply, signer)
