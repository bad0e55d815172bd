"""What the central service can say of one operation."""

from __future__ import annotations

from dataclasses import dataclass

from casework.identifiers import OperationId

RECEIVED = frozenset({"accepted", "duplicate"})
NOT_TAKEN_IN = frozenset({"quarantined", "returned", "rejected"})


@dataclass(frozen=True, slots=True)
class Answer:
    op_id: OperationId
    status: str
    seq: int | None = None
    code: str = ""
    detail: str = ""
