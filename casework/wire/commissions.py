"""A commission: one episode of one child, given to an interviewer outside the council until the end of a day (S1).

For a child placed far away another agency holds the interview. It is given the child's facts, that episode and its own
interview about it. A laptop is told of a commission by the name of a bucket that never holds anything: another episode
makes another name, so that a laptop erases what it held of the one before.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta

from casework.dates_in_words import LONDON
from casework.identifiers import BucketId, ChildId, RecordId, child_named
from casework.records import bucket_of

_MARK = "one_episode"


def commission_bucket(child_id: ChildId, episode_id: RecordId, last: date) -> BucketId:
    mark = hashlib.sha256(episode_id.encode()).hexdigest()[:16]
    return bucket_of(child_id, f"{_MARK}.{last.isoformat()}.{mark}")


def is_commission(bucket: BucketId) -> bool:
    return bucket.rpartition(":")[2].startswith(f"{_MARK}.")


def commissioned_child(bucket: BucketId) -> ChildId:
    return child_named(bucket.rpartition(":")[0])


def episode_mark(bucket: BucketId) -> str:
    """The same as long as the episode is, whatever its last day."""
    return bucket.rpartition(".")[2]


def last_day(bucket: BucketId) -> date:
    return date.fromisoformat(bucket.rpartition(":")[2].split(".")[1])


def end_of(last: date) -> datetime:
    """The midnight in London that ends a day."""
    return datetime.combine(last + timedelta(days=1), time.min, LONDON)


def is_over(last: date, now: datetime) -> bool:
    return now.timestamp() >= end_of(last).timestamp()
