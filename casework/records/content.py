"""What a record says, whatever operations led there: its standing values and its rows, and the hash of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from casework.canonical import JSON, canonical, digest_bytes, encode
from casework.identifiers import UNNAMED_CHILD, ChildId, OfficerId, OperationId


class Standing(msgspec.Struct, frozen=True):
    """A value nobody has replaced yet, and who said it when."""

    op_id: OperationId
    value: JSON
    officer_id: OfficerId
    at: str
    hlc: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row in its order; `removed_elsewhere` when somebody removed it without seeing an edit that is here."""

    id: str
    position: str
    removed_elsewhere: bool = False


class Origin(NamedTuple):
    """What the first operation of a record fixes for good."""

    form_id: str = ""
    form_version: int = 0
    child_id: ChildId = UNNAMED_CHILD
    strand: str = ""
    created_at: str = ""
    created_by: OfficerId = OfficerId("")


def content_hash(
    origin: Origin, standing: Mapping[str, tuple[Standing, ...]], groups: Mapping[str, tuple[Row, ...]]
) -> str:
    """Equal for equal content: who said it, and in which order, takes no part."""
    values = {path: [found[0].value] if len(found) == 1 else _distinct(found) for path, found in standing.items()}
    rows = {group: [row.id for row in found] for group, found in groups.items()}
    return digest_bytes(encode({**origin._asdict(), "values": values, "rows": rows}))


def _distinct(found: Iterable[Standing]) -> list[JSON]:
    by_bytes = {canonical(standing.value): standing.value for standing in found}
    return [by_bytes[key] for key in sorted(by_bytes)]
