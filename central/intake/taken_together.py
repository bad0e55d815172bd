"""Pushes that come at the same moment share a transaction: its statements, its turn at the counter, and its commit.

Whoever comes while others are being taken in waits in line, first come first served. Only pushes that have no laptop,
child or record in common go together, so that it makes no difference to any that the others were there. Where
something was in the way of one, each is taken in by itself and hears its own answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from casework.errors import HomewardError
from casework.identifiers import BucketId, DeviceId
from casework.records import Operation
from casework.wire.protocol import MAX_OPS, Result
from central.intake.examination import Examined

MOST = 16  # pushes in one transaction
Taken = tuple[list[Result], int]


@dataclass(eq=False)
class Handed:
    """One push until it is answered. `is_alone`: it was tried with others to no end, and is tried by itself now."""

    device_id: DeviceId
    found: Sequence[Examined]
    taken: Taken | None = None
    is_alone: bool = False

    @property
    def operations(self) -> list[Operation]:
        """Those that could be read."""
        return [op.operation for op in self.found if op.operation]

    @cached_property
    def touches(self) -> frozenset[str]:
        """Laptops, children and records: what its rules ask about hangs on these."""
        ops = self.operations
        named = {name for op in ops for name in (op.device_id, op.record_id, _child_of(op.bucket))}
        moved_to = {_child_of(BucketId(str(op.body["bucket"]))) for op in ops if "bucket" in op.body}
        return frozenset({self.device_id} | named | moved_to)


Take = Callable[[Sequence[Handed]], Sequence[Taken]]


@dataclass
class InLine:
    """Of one process; what others take in meanwhile the database keeps apart."""

    _waiting: deque[Handed] = field(default_factory=deque)
    _line: Lock = field(default_factory=Lock)
    _turn: Lock = field(default_factory=Lock)

    def take(self, push: Handed, take: Take) -> Taken:
        """Returns once it is durable. `take` answers for all it is given, or raises and has done nothing."""
        with self._line:
            self._waiting.append(push)
        while push.taken is None and not push.is_alone:
            with self._turn:
                if push.taken is None and not push.is_alone:
                    self._take_first(push, take)
        return push.taken or take([push])[0]

    def _take_first(self, push: Handed, take: Take) -> None:
        """`push`: whose turn it is. By itself it is taken in here, and hears at once what is in its way."""
        group = self._first()
        try:
            if group == [push]:
                push.taken = take(group)[0]
                return
            with suppress(HomewardError, SQLAlchemyError):  # each hears its own
                for each, taken in zip(group, take(group), strict=True):
                    each.taken = taken
        finally:
            for each in group:
                each.is_alone = each.taken is None  # whatever came, nobody waits for ever

    def _first(self) -> list[Handed]:
        """The first in line, and those after it that can go with it."""
        group, touched, room = list[Handed](), set[str](), MAX_OPS
        with self._line:
            for each in list(self._waiting):
                if group and (len(each.found) > room or touched & each.touches or len(group) == MOST):
                    break
                self._waiting.popleft()
                group.append(each)
                touched |= each.touches
                room -= len(each.found)
        return group


def _child_of(bucket: BucketId) -> str:
    return bucket.rpartition(":")[0]
