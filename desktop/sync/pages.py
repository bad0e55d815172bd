"""Between what travels and what the vault keeps."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import msgspec

from casework.identifiers import OperationId
from casework.records import split_text
from casework.records.digest import BucketDigest
from casework.wire.protocol import Pull, PullReply, Sealed
from desktop.store.exchange.received_pages import Page, PageItem


@contextmanager
def while_pages_come() -> Iterator[None]:
    """A page is a hundred thousand small objects that soon go by themselves: looking for cycles among them every seven
    hundred takes as long as reading them. And whoever reads the next page lets the one who keeps this page go on after
    a millisecond, not after five. Of several laptops in one process the last to end puts both back."""
    _UNDER_WAY.begin()
    try:
        yield
    finally:
        _UNDER_WAY.end()


class _UnderWay:
    """How many read pages, and what the interpreter was set to before the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._before = gc.get_threshold(), sys.getswitchinterval()

    def begin(self) -> None:
        with self._lock:
            self._count += 1
            if self._count == 1:
                self._before = gc.get_threshold(), sys.getswitchinterval()
                gc.set_threshold(100_000, 50, 1_000)
                sys.setswitchinterval(0.001)

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count:
                gc.set_threshold(*self._before[0])
                sys.setswitchinterval(self._before[1])


_UNDER_WAY = _UnderWay()


def following(asked: Pull, reply: PullReply) -> Pull:
    """What will be asked once this page is taken in."""
    filling = {name: place for name, place in reply.filled.items() if place < reply.cursor_to}
    return msgspec.structs.replace(asked, cursor=reply.cursor_to, filling=filling)


def sealed(op_id: OperationId, text: str) -> Sealed:
    """An operation as it is stored, as it travels."""
    payload, signature = split_text(text)
    return Sealed(op_id=op_id, payload=payload, signature=signature)


def page_of(reply: PullReply) -> Page:
    """As the vault takes it in."""
    return Page(
        cursor_from=reply.cursor_from,
        cursor_to=reply.cursor_to,
        items=tuple(
            PageItem(item.seq, item.bucket, item.kind, item.op_id, item.record_id, item.left, item.destroyed)
            for item in reply.items
        ),
        digests={name: BucketDigest.of(found.count, found.sum) for name, found in reply.digests.items()},
        filling={name: place for name, place in reply.filled.items() if place < reply.cursor_to},
        filled=frozenset(name for name, place in reply.filled.items() if place >= reply.cursor_to),
    )
