"""Who had an answer before them later, and whose answer its author had not seen: only what the operations prove.

Reading alone leaves no trace. An operation names what its author had in sight, so whoever wrote, decided or signed
later is known to have had it before them; and two that do not name each other were written apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.identifiers import OfficerId, OperationId
from casework.records import Kind, Operation
from casework.records.ancestry import all_named_by, ancestors

Operations = Mapping[OperationId, Operation]
Named = Callable[[OfficerId], str]
DID = {Kind.SIGN: "signed", Kind.RESOLVE: "decided", Kind.AMEND: "corrected"}
WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody had an answer before them; `did`: what they did then, which is how it is known."""

    who: str
    did: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WrittenApart:
    """An answer of somebody else to the same question that its author had not seen, nor the other this one."""

    who: str
    at: datetime


def seen_since(operations: Operations, named: Named) -> Mapping[OperationId, tuple[Sight, ...]]:
    """By operation, everybody but its author who wrote later with it in sight; each once, by the first time."""
    found: dict[OperationId, list[Operation]] = defaultdict(list)
    for officer, own in _by_officer(operations).items():
        for op_id, later in _first_seen(own, operations).items():
            if operations[op_id].officer_id != officer:
                found[op_id].append(later)
    return {op_id: tuple(_sight(one, named) for one in _in_order(those)) for op_id, those in found.items()}


def written_apart(operations: Operations, named: Named) -> Mapping[tuple[OperationId, str], tuple[WrittenApart, ...]]:
    """By operation and path; nothing for what one person alone wrote."""
    found: dict[tuple[OperationId, str], tuple[WrittenApart, ...]] = {}
    for path, those in _by_path(operations).items():
        if len({op.officer_id for op in those}) > 1:
            seen = {op.op_id: ancestors((op.op_id,), operations, all_named_by) for op in those}
            for op in those:
                others = (one for one in those if one.officer_id != op.officer_id and _are_apart(op, one, seen))
                found[op.op_id, path] = tuple(_apart(one, named) for one in others)
    return found


def _by_officer(operations: Operations) -> Mapping[OfficerId, list[Operation]]:
    found: dict[OfficerId, list[Operation]] = defaultdict(list)
    for op in _in_order(operations.values()):
        found[op.officer_id].append(op)
    return found


def _first_seen(own: Iterable[Operation], operations: Operations) -> Mapping[OperationId, Operation]:
    """What one officer had in sight, each with the operation that first says so; nothing is walked through twice."""
    found: dict[OperationId, Operation] = {}
    for op in own:
        queue = [op_id for op_id in all_named_by(op) if op_id in operations]
        while queue:
            op_id = queue.pop()
            if op_id not in found:
                found[op_id] = op
                queue.extend(one for one in all_named_by(operations[op_id]) if one in operations)
    return found


def _by_path(operations: Operations) -> Mapping[str, list[Operation]]:
    found: dict[str, list[Operation]] = defaultdict(list)
    for op in _in_order(operations.values()):
        for path in dict.fromkeys(change.path for change in op.changes):
            found[path].append(op)
    return found


def _are_apart(one: Operation, other: Operation, seen: Mapping[OperationId, set[OperationId]]) -> bool:
    return other.op_id not in seen[one.op_id] and one.op_id not in seen[other.op_id]


def _in_order(those: Iterable[Operation]) -> Iterator[Operation]:
    return iter(sorted(those, key=lambda op: (op.hlc, op.op_id)))


def _sight(op: Operation, named: Named) -> Sight:
    return Sight(named(op.officer_id), DID.get(op.kind, WROTE), datetime.fromisoformat(op.at))


def _apart(op: Operation, named: Named) -> WrittenApart:
    return WrittenApart(named(op.officer_id), datetime.fromisoformat(op.at))
