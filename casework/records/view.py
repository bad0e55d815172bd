"""What a record looks like: a value, computed by `Merge`; holds no rule of merging itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casework.canonical import JSON
from casework.identifiers import UNNAMED_CHILD, BucketId, ChildId, DeviceId, OfficerId, OperationId, RecordId
from casework.records.answer_paths import cell_path, field_path, parse_path
from casework.records.content import Origin, Row, Standing, content_hash
from casework.records.operation import Change


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature over the record; `intact` is whether the operations it covers still give the hash it names.

    `role`, `council` and `device` are as they were for its signer then; empty in signatures that do not tell.
    """

    op_id: OperationId
    officer_id: OfficerId
    at: str
    name: str
    content_hash: str
    ink: JSON
    intact: bool
    role: str = ""
    council: str = ""
    device: DeviceId = DeviceId("")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A signed correction beside the record; nothing in the record itself changes."""

    op_id: OperationId
    officer_id: OfficerId
    at: str
    corrects: OperationId
    reason: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Words written elsewhere before the signature was seen there: kept for a person to decide about."""

    op_id: OperationId
    officer_id: OfficerId
    at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RecordView:
    """`values` maps each answered path to its standing values, one of them unless it is a conflict. `cleared`: by path,
    what took the last answer away."""

    record_id: RecordId
    form_id: str = ""
    form_version: int = 0
    bucket: BucketId = BucketId("")
    child_id: ChildId = UNNAMED_CHILD
    strand: str = ""
    created_at: str = ""
    created_by: OfficerId = OfficerId("")
    updated_at: str = ""
    heads: tuple[OperationId, ...] = ()
    values: Mapping[str, tuple[Standing, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    row_seen: Mapping[str, tuple[OperationId, ...]] = field(default_factory=dict)
    cleared: Mapping[str, tuple[OperationId, ...]] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    signatures: tuple[Signed, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    discarded: bool = False
    contested: bool = False

    @cached_property
    def content_hash(self) -> str:
        """Equal for equal content, whatever operations led there."""
        origin = Origin(self.form_id, self.form_version, self.child_id, self.strand, self.created_at, self.created_by)
        return content_hash(origin, self.values, self.groups)

    @property
    def locked(self) -> bool:
        return bool(self.signatures)

    def rows(self, group: str) -> tuple[Row, ...]:
        return self.groups.get(group, ())

    def answer(self, path: str) -> JSON:
        """None when not answered; in a conflict the latest by hybrid time, for display beside the others only."""
        standing = self.values.get(path, ())
        return standing[-1].value if standing else None

    def saw(self, path: str) -> tuple[OperationId, ...]:
        """The operations a new value at this path replaces. For a row: everything that touched it."""
        if parse_path(path).is_row:
            return self.row_seen.get(path, ())
        if path in self.cleared:
            return self.cleared[path]
        return tuple(standing.op_id for standing in self.values.get(path, ()) if standing.op_id)

    def answers(self) -> dict[str, JSON]:
        """{question: value, group: [{"id": row, column: value}]}, unanswered ones left out."""
        result: dict[str, JSON] = {}
        for path, standing in self.values.items():
            parsed = parse_path(path)
            if not parsed.group and (value := standing[-1].value) is not None:
                result[parsed.question] = value
        for group, rows in self.groups.items():
            result[group] = [self.row_answers(group, row.id) for row in rows]
        return result

    def row_answers(self, group: str, row_id: str) -> dict[str, JSON]:
        start = cell_path(group, row_id, "")
        cells: dict[str, JSON] = {"id": row_id}
        for path in self.values:
            if path.startswith(start) and (value := self.answer(path)) is not None:
                cells[path.removeprefix(start)] = value
        return cells

    def is_answered(self, question: str) -> bool:
        return self.answer(field_path(question)) is not None or bool(self.rows(question))
