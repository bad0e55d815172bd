"""The kinds of id, so that a type checker refuses one where another belongs; each is plain text wherever it stands."""

from __future__ import annotations

from typing import NewType

BucketId = NewType("BucketId", str)
DeviceId = NewType("DeviceId", str)
OfficerId = NewType("OfficerId", str)
OperationId = NewType("OperationId", str)
