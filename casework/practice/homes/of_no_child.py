"""Records that are of no child: of a group, of the schools, of police. Which form lies in which bucket, and whose.

Laptop and service ask this one table. Such a bucket takes its one form and nothing else, which lies nowhere else.
"""

from __future__ import annotations

from casework.identifiers import BucketId
from casework.practice.groups.group_table import MEETING, STRAND, buckets_read, is_group
from casework.practice.police.police_list_rules import HOME as POLICE_HOME
from casework.practice.police.police_list_rules import POLICE, POLICE_LIST, settles_police_lists
from casework.practice.schools.movement_rules import HOME, RETURN, SCHOOLS, keeps_returns
from casework.records import bucket_of

OF_NO_CHILD = (MEETING, RETURN, POLICE_LIST)
_BUCKETS = {bucket_of(HOME, SCHOOLS): RETURN, bucket_of(POLICE_HOME, POLICE): POLICE_LIST}


def form_of_no_child(bucket: BucketId) -> str:
    """Which form alone may lie in a bucket that names no child; empty where it names one."""
    if is_group(bucket):
        return MEETING
    return next((form for mark, form in (("school.", RETURN), ("police.", POLICE_LIST)) if bucket.startswith(mark)), "")


def is_well_formed(bucket: BucketId) -> bool:
    """Of a bucket that names no child."""
    return bucket in _BUCKETS or (is_group(bucket) and bucket.rpartition(":")[2] == STRAND)


def held_of_no_child(role: str) -> frozenset[BucketId]:
    """The buckets that name no child and that a role holds, whoever its children are."""
    keeps = {RETURN: keeps_returns(role), POLICE_LIST: settles_police_lists(role)}
    return buckets_read(role) | {bucket for bucket, form in _BUCKETS.items() if keeps[form]}
