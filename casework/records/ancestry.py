"""Which operations had seen which: the one walk through what each names, towards the past and towards the future."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from casework.identifiers import OperationId
from casework.records.operation import Operation

Seen = Callable[[Operation], Iterable[OperationId]]


def heads_of(operation: Operation) -> Iterable[OperationId]:
    """The last operations its author had in sight."""
    return operation.after


def all_named_by(operation: Operation) -> set[OperationId]:
    """Every operation it names as seen: its heads, and the values that it replaces."""
    return {*operation.after, *(old for change in operation.changes for old in change.replaces)}


def ancestors(
    start: Iterable[OperationId], known: Mapping[OperationId, Operation], seen: Seen = heads_of
) -> set[OperationId]:
    """Those of `start` that are known, and every known one that they had seen, however far back."""
    found: set[OperationId] = set()
    queue = [op_id for op_id in start if op_id in known]
    while queue:
        op_id = queue.pop()
        if op_id not in found:
            found.add(op_id)
            queue.extend(earlier for earlier in seen(known[op_id]) if earlier in known)
    return found


def descendants(
    start: Iterable[OperationId], known: Mapping[OperationId, Operation], seen: Seen = heads_of
) -> set[OperationId]:
    """Those of `start` that are known, and every known one that had seen them, directly or by another."""
    found = {op_id for op_id in start if op_id in known}
    size = -1
    while size != len(found):
        size = len(found)
        found |= {op_id for op_id, operation in known.items() if not found.isdisjoint(seen(operation))}
    return found
