"""The kinds of id, so that a type checker refuses one where another belongs; each is plain text wherever it stands.

A child is a record of the form `child`, and its id is that record's: so a ChildId is a RecordId, and not the reverse.
What names no child (a group, the schools, police) has a home that stands where others have their child. The laptop's
flows and windows take a record's id and a child's as text: a page, a box that keeps what is typed and a verb name one
or the other by the same word.
"""

from __future__ import annotations

from typing import NewType

BucketId = NewType("BucketId", str)
DeviceId = NewType("DeviceId", str)
OfficerId = NewType("OfficerId", str)
OperationId = NewType("OperationId", str)
RecordId = NewType("RecordId", str)
ChildId = NewType("ChildId", RecordId)

UNNAMED_CHILD = ChildId(RecordId(""))


def child_named(text: str) -> ChildId:
    """At the edge, where a text names a child, or stands where others have their child."""
    return ChildId(RecordId(text))
