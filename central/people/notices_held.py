"""Which inboxes lie there that an officer may hold: looked for by the children they hold and by whom a notice can be
addressed to, so that it costs what is theirs and not what there is in the whole council."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, String, literal_column, select, union

from casework.identifiers import BucketId, child_named
from casework.practice.notices.notice_table import NOTICE, STRAND_OF, Inbox, inbox_of, officer_mark, team_mark
from casework.practice.roles import ASKED_AS_A_TEAM, reach_of
from casework.records import bucket_of
from central.database.among import among
from central.database.tables import NOTICE_STRAND, record
from central.people.accounts import Officer

MOST_CHILDREN = 2000  # of more it is cheaper to look at every notice there is
_IS_NOTICE = record.c.form_id == literal_column(f"'{NOTICE}'")  # written out, as the indexes of notices name it
_EVERY = select(record.c.bucket).where(_IS_NOTICE).distinct()
_THEIRS = union(
    select(record.c.bucket).where(_IS_NOTICE, among(record.c.child_id, "children")),
    select(record.c.bucket).where(_IS_NOTICE, among(literal_column(NOTICE_STRAND, String), "strands")),
)


def inboxes_of(connection: Connection, owner: Officer, held: Collection[BucketId]) -> set[BucketId]:
    """Of notices that are there. `held`: the other buckets of this officer."""
    children = {bucket.rpartition(":")[0] for bucket in held}
    if len(children) > MOST_CHILDREN:
        rows = connection.execute(_EVERY)
    else:
        strands = [inbox.strand for inbox in _asked(owner)]
        rows = connection.execute(_THEIRS, {"children": sorted(children), "strands": strands})
    return {bucket for bucket in rows.scalars() if _may_hold(owner, bucket, held)}


def _may_hold(owner: Officer, bucket: BucketId, held: Collection[BucketId]) -> bool:
    child, _, strand = bucket.rpartition(":")
    inbox = inbox_of(strand)
    if inbox is None:
        return False
    holds_child = bucket_of(child_named(child), inbox.about_strand) in held
    return inbox.may_be_held(owner.role, owner.id, owner.team, holds_child=holds_child)


def _asked(owner: Officer) -> Iterator[Inbox]:
    """Those that they may hold although they do not hold the child."""
    named = [owner.role, officer_mark(owner.id)] if reach_of(owner.role).children == "referred" else []
    named += [team_mark(owner.team)] if owner.team and owner.role in ASKED_AS_A_TEAM else []
    for addressee in named:
        for form_id in STRAND_OF:
            yield Inbox(addressee, form_id)
