"""The merge: a set of operations gives one view, whatever the order, grouping or number of times they arrive.

The visible values of a path are all those that no other operation's `replaces` names. No clock takes part
(architecture, drafts and operations; sync study 3.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from casework.canonical import JSON, canonical
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records.ancestry import ancestors, descendants
from casework.records.answer_paths import is_of_row, parent_row, parse_path, row_path
from casework.records.content import Origin, Row, Standing, content_hash
from casework.records.operation import Change, Kind, Operation
from casework.records.view import Amendment, Proposed, RecordView, Signed

CONTENT = frozenset({Kind.CREATE, Kind.SET, Kind.ROWS, Kind.ATTACH, Kind.RESOLVE})
DRAFT = OperationId("")  # the operation id that stands for what is typed and not yet said


class Merge:
    """Collects one record's operations; adding one twice, or late, is harmless."""

    def __init__(self, record_id: RecordId, operations: Iterable[Operation] = ()) -> None:
        self._record_id = record_id
        self._operations: dict[OperationId, Operation] = {}
        for operation in operations:
            self.add(operation)

    def __len__(self) -> int:
        return len(self._operations)

    def add(self, operation: Operation) -> None:
        """Of two operations with one id (a forgery, or a fault) the same one stands on every machine."""
        known = self._operations.get(operation.op_id)
        if known is None or operation.payload_hash < known.payload_hash:
            self._operations[operation.op_id] = operation

    def view(self, drafts: Iterable[Change] = ()) -> RecordView:
        """Drafts are laid over the values, unless the record is signed."""
        ordered = sorted(self._operations.values(), key=lambda op: (op.hlc, op.op_id))
        signs = [op for op in ordered if op.kind is Kind.SIGN]
        content = [op for op in ordered if op.kind in CONTENT]
        covered = self._covered(signs)
        inside = [op for op in content if op.op_id in covered] if signs else content
        values = _Values(inside, () if signs else drafts)
        return RecordView(
            record_id=self._record_id,
            **_origin(ordered)._asdict(),
            bucket=_bucket(ordered),
            updated_at=ordered[-1].at if ordered else "",
            heads=self._heads(),
            values=values.standing,
            groups=values.groups,
            row_seen=values.touched,
            cleared=values.cleared,
            conflicts=values.conflicts,
            signatures=tuple(self._signed(op, content) for op in signs),
            amendments=tuple(_amendment(op) for op in ordered if op.kind is Kind.AMEND),
            proposed=tuple(_proposed(op) for op in content if signs and op.op_id not in covered),
            discarded=self._discarded(ordered),
            contested=len({op.body.get("content_hash") for op in signs}) > 1 or self._unseen_by_discard(ordered),
        )

    def view_before_signing(self) -> RecordView:
        """As somebody has it who has not heard of a signature: without the signatures, and all that was said after
        seeing one."""
        signs = [op_id for op_id, op in self._operations.items() if op.kind is Kind.SIGN]
        aware = descendants(signs, self._operations)
        return Merge(self._record_id, (op for op_id, op in self._operations.items() if op_id not in aware)).view()

    def _heads(self) -> tuple[OperationId, ...]:
        seen = {op_id for op in self._operations.values() for op_id in op.after}
        return tuple(sorted(op_id for op_id in self._operations if op_id not in seen))

    def _ancestors(self, start: Iterable[OperationId]) -> set[OperationId]:
        return ancestors(start, self._operations)

    def _covered(self, signs: list[Operation]) -> set[OperationId]:
        return self._ancestors(head for op in signs for head in _named(op.body.get("heads")))

    def _signed(self, op: Operation, content: list[Operation]) -> Signed:
        covered = self._covered([op])
        inside = [other for other in content if other.op_id in covered]
        named = str(op.body.get("content_hash", ""))
        return Signed(
            op_id=op.op_id,
            officer_id=op.officer_id,
            at=op.at,
            name=str(op.body.get("name", "")),
            content_hash=named,
            ink=op.body.get("ink"),
            intact=_hash_of(inside) == named,
            role=str(op.body.get("role", "")),
            council=str(op.body.get("council", "")),
            device=DeviceId(str(op.body.get("device", ""))),
        )

    def _discarded(self, ordered: list[Operation]) -> bool:
        undone = self._ancestors(op.op_id for op in ordered if op.kind is Kind.RESTORE)
        standing = [op for op in ordered if op.kind is Kind.DISCARD and op.op_id not in undone]
        return bool(standing) and not self._unseen_by_discard(ordered)

    def _unseen_by_discard(self, ordered: list[Operation]) -> bool:
        """An edit that a discard had not seen keeps the record in sight, contested."""
        undone = self._ancestors(op.op_id for op in ordered if op.kind is Kind.RESTORE)
        standing = [op for op in ordered if op.kind is Kind.DISCARD and op.op_id not in undone]
        if not standing:
            return False
        seen = self._ancestors(op.op_id for op in standing)
        return any(op.kind in CONTENT and op.op_id not in seen for op in ordered)


def view(record_id: RecordId, operations: Iterable[Operation], drafts: Iterable[Change] = ()) -> RecordView:
    """The record that these operations make, with drafts laid over it."""
    return Merge(record_id, operations).view(drafts)


class _Values:
    """The standing values and rows that a list of operations, in display order, leaves visible."""

    def __init__(self, operations: list[Operation], drafts: Iterable[Change]) -> None:
        self._writes: dict[str, list[Standing]] = {}
        self._replaced: dict[str, set[OperationId]] = defaultdict(set)
        self._seen_by_removals: dict[str, set[OperationId]] = defaultdict(set)
        self._touches: dict[str, dict[OperationId, None]] = defaultdict(dict)
        for op in operations:
            self._said(op)
        for change in drafts:
            self._write(change, Standing(DRAFT, change.value, OfficerId(""), "", "~"))
        self.cleared: dict[str, tuple[OperationId, ...]] = {}
        rows = {path: row for path in self._touches if (row := self._row(path)) is not None}
        self.groups = _grouped(rows)
        self.standing = self._standing(rows)
        self.conflicts = tuple(path for path, found in self.standing.items() if len(found) > 1 and _differ(found))
        self.touched = {path: tuple(op for op in touches if op) for path, touches in self._touches.items()}

    def _said(self, op: Operation) -> None:
        """As `_write`, for what is most of every record: the only words there are at a place that is of no row."""
        op_id, officer_id, at, hlc, writes = op.op_id, op.officer_id, op.at, op.hlc, self._writes
        for change in op.changes:
            standing, path = Standing(op_id, change.value, officer_id, at, hlc), change.path
            if path in writes or change.replaces or path.startswith("r/"):
                self._write(change, standing)
            else:
                writes[path] = [standing]

    def _write(self, change: Change, standing: Standing) -> None:
        path = change.path
        writes = self._writes.get(path)
        if writes is None:
            self._writes[path] = [standing]
        elif writes[-1].op_id == standing.op_id:  # one operation says one thing at a path: the last it says
            writes[-1] = standing
        else:
            writes.append(standing)
        if change.replaces:
            self._replaced[path].update(change.replaces)
        if is_of_row(path):
            self._touch(change, standing.op_id)

    def _touch(self, change: Change, op_id: OperationId) -> None:
        parsed = parse_path(change.path)
        if parsed.is_row and _is_removal(change.value):
            self._seen_by_removals[change.path].update(change.replaces)
        self._touches[row_path(parsed.group, parsed.row)].setdefault(op_id)

    def _live(self, path: str) -> list[Standing]:
        writes = self._writes.get(path, [])
        gone = self._replaced.get(path)
        return [found for found in writes if found.op_id not in gone] if gone else writes

    def _row(self, path: str) -> Row | None:
        """None for a row whose every touch was seen by whoever removed it."""
        marks = self._writes.get(path, [])
        removals = [mark.op_id for mark in marks if _is_removal(mark.value)]
        if removals and self._touches[path].keys() <= self._seen_by_removals[path].union(removals):
            return None
        live = self._live(path)
        places = [mark for mark in live if not _is_removal(mark.value)]
        position = _position(places[-1].value) if places else _last_position(marks)
        parsed = parse_path(path)
        return Row(parsed.row, position, any(_is_removal(mark.value) for mark in live))

    def _standing(self, rows: Mapping[str, Row]) -> dict[str, tuple[Standing, ...]]:
        """What stands at each path, in the order of paths: the one part that looks at every answer of a record."""
        found: dict[str, tuple[Standing, ...]] = {}
        has_rows, replaced = bool(self._touches), self._replaced
        for path in sorted(self._writes):
            if has_rows and is_of_row(path) and (path in self._touches or parent_row(path) not in rows):
                continue
            live = self._live(path) if path in replaced else self._writes[path]
            if any([standing.value is not None for standing in live]):  # noqa: C419 - of one, a list is quicker
                found[path] = tuple(live)
            else:
                self.cleared[path] = tuple(standing.op_id for standing in live if standing.op_id)
        return found


def _hash_of(content: list[Operation]) -> str:
    values = _Values(content, ())
    return content_hash(_origin(content), values.standing, values.groups)


def _grouped(rows: Mapping[str, Row]) -> dict[str, tuple[Row, ...]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for path, row in rows.items():
        groups[parse_path(path).group].append(row)
    return {
        group: tuple(sorted(found, key=lambda row: (row.position, row.id))) for group, found in sorted(groups.items())
    }


def _differ(found: tuple[Standing, ...]) -> bool:
    return len({canonical(standing.value) for standing in found}) > 1


def _is_removal(value: JSON) -> bool:
    return isinstance(value, dict) and value.get("removed") is True


def _position(value: JSON) -> str:
    return str(value.get("position", "")) if isinstance(value, dict) else ""


def _last_position(marks: Iterable[Standing]) -> str:
    places = [_position(mark.value) for mark in marks if not _is_removal(mark.value)]
    return places[-1] if places else ""


def _named(value: JSON) -> list[OperationId]:
    return [OperationId(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _origin(ordered: list[Operation]) -> Origin:
    creates = sorted((op for op in ordered if op.kind is Kind.CREATE), key=lambda op: op.op_id)
    if not creates:
        return Origin()
    first = creates[0]
    child, strand = child_named(str(first.body.get("child", ""))), str(first.body.get("strand", ""))
    return Origin(first.form_id, first.form_version, child, strand, first.at, first.officer_id)


def _bucket(ordered: list[Operation]) -> BucketId:
    """The record's home: the latest move, or where it began."""
    moves = [BucketId(str(op.body.get("bucket", ""))) for op in ordered if op.kind is Kind.REASSIGN]
    begun = [op.bucket for op in ordered if op.kind is Kind.CREATE]
    return [*begun[:1], *moves][-1] if begun or moves else BucketId("")


def _amendment(op: Operation) -> Amendment:
    body = op.body
    return Amendment(
        op.op_id,
        op.officer_id,
        op.at,
        OperationId(str(body.get("corrects", ""))),
        str(body.get("reason", "")),
        str(body.get("name", "")),
        op.changes,
    )


def _proposed(op: Operation) -> Proposed:
    return Proposed(op.op_id, op.officer_id, op.at, op.changes)
