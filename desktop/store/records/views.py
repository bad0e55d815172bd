"""A record's view as it is kept: compact JSON, so that opening a record reads one row however long its history."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from casework.canonical import JSON
from casework.identifiers import OfficerId, OperationId
from casework.records import Amendment, Change, Proposed, RecordView, Row, Signed, Standing
from desktop.store.database.connection import from_json

SHAPE = 4  # raised whenever what follows changes; a view of another shape is made anew from its operations
PLAIN = (
    "record_id",
    "form_id",
    "form_version",
    "bucket",
    "child_id",
    "strand",
    "created_at",
    "created_by",
    "updated_at",
    "discarded",
    "contested",
)


_WRITER = msgspec.json.Encoder()
Saying = tuple[OperationId, OfficerId, str, str]  # an operation's id, its officer, when, and its hybrid time


def pack(view: RecordView) -> str:
    """Most values of a record come from a few operations: each of those is written once."""
    said: dict[Saying, int] = {}
    values = {
        path: [
            (said.setdefault((found.op_id, found.officer_id, found.at, found.hlc), len(said)), found.value)
            for found in held
        ]
        for path, held in view.values.items()
    }
    content = {
        "shape": SHAPE,
        "plain": [getattr(view, name) for name in PLAIN],
        "heads": view.heads,
        "said": list(said),
        "values": values,
        "groups": {
            group: [(row.id, row.position, row.removed_elsewhere) for row in rows]
            for group, rows in view.groups.items()
        },
        "row_seen": dict(view.row_seen),
        "cleared": dict(view.cleared),
        "conflicts": view.conflicts,
        "signatures": [asdict(signed) for signed in view.signatures],
        "amendments": [asdict(amendment) for amendment in view.amendments],
        "proposed": [asdict(proposed) for proposed in view.proposed],
    }
    return as_json(content)


def as_json(value: object) -> str:
    return _WRITER.encode(value).decode()


def unpack(text: str) -> RecordView | None:
    """None for a view that another version of Homeward kept."""
    found: dict[str, Any] = from_json(text)
    if found.get("shape") != SHAPE:
        return None
    said: list[Saying] = [tuple(saying) for saying in found["said"]]
    return RecordView(
        **dict(zip(PLAIN, found["plain"], strict=True)),
        heads=tuple(found["heads"]),
        values={path: tuple(_standing(said[n], value) for n, value in held) for path, held in found["values"].items()},
        groups={group: tuple(Row(*row) for row in rows) for group, rows in found["groups"].items()},
        row_seen={path: tuple(seen) for path, seen in found["row_seen"].items()},
        cleared={path: tuple(op_ids) for path, op_ids in found["cleared"].items()},
        conflicts=tuple(found["conflicts"]),
        signatures=tuple(Signed(**item) for item in found["signatures"]),
        amendments=tuple(Amendment(**item | {"changes": _changes(item["changes"])}) for item in found["amendments"]),
        proposed=tuple(Proposed(**item | {"changes": _changes(item["changes"])}) for item in found["proposed"]),
    )


def _standing(saying: Saying, value: JSON) -> Standing:
    op_id, officer_id, at, hlc = saying
    return Standing(op_id, value, officer_id, at, hlc)


def _changes(found: list[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(Change(change["path"], change["value"], tuple(change["replaces"])) for change in found)
