"""Which buckets an officer may hold, and which forms within them. What is not here is never sent (architecture 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, bindparam, exists, or_, select, true

from casework.errors import AnswerError
from casework.identifiers import BucketId, ChildId, OfficerId, RecordId
from casework.practice import roles
from casework.practice.groups.group_table import buckets_kept, is_group
from casework.practice.homes.of_no_child import OF_NO_CHILD, form_of_no_child, held_of_no_child
from casework.practice.notices.notice_table import NOTICE, is_inbox
from casework.records import JSON, Operation, bucket_of
from central.database.tables import allocation, feed, record, waiting
from central.people.accounts import Officer, lasting
from central.people.commissioned import INTERVIEW, NOTE, given_to
from central.people.notices_held import inboxes_of

EVERY_FORM = "*"
WHOLE_COUNCIL = frozenset({"team", "council"})
AT_HOME = "home_education"
BY_ALLOCATION = frozenset({"allocated", "referred", AT_HOME})
_LASTING = or_(allocation.c.until.is_(None), allocation.c.until > bindparam("now"))
_OF_OFFICER = allocation.c.officer_id == bindparam("officer")
_GIVEN = select(allocation.c.child_id, allocation.c.strand).where(_OF_OFFICER & _LASTING)
_IS_HAD = select(
    or_(
        exists().where((allocation.c.child_id == bindparam("child")) & or_(_LASTING, _OF_OFFICER)),
        exists().where(record.c.child_id == bindparam("child")),
    )
)


@dataclass
class Scope:
    """`buckets` grows when the officer creates a child nobody had before. `forms` is None where every form may be
    seen; otherwise a bucket is, for this officer, only what it holds of those forms. `kept`: the buckets of groups
    whose minutes this officer writes.

    `records` is None for all but commissioned interviewers: they hold these and no other record of a bucket, and begin
    nothing but an interview about the episode that `asked` names for its bucket, and notes beside `interviews`."""

    buckets: set[BucketId] = field(default_factory=set)
    forms: frozenset[str] | None = None
    writes: bool = False
    kept: frozenset[BucketId] = frozenset()
    records: set[RecordId] | None = None
    asked: Mapping[BucketId, RecordId] = field(default_factory=dict)
    interviews: set[RecordId] = field(default_factory=set)

    def reads(self, bucket: BucketId, form_id: str, record_id: RecordId) -> bool:
        return self.opens(bucket, form_id) and (self.records is None or record_id in self.records)

    def opens(self, bucket: BucketId, form_id: str) -> bool:
        """As far as bucket and form say.

        An inbox holds notices and nothing else, and a notice lies nowhere else; as groups and meetings, schools and
        their returns, police and their lists."""
        alone = form_of_no_child(bucket)
        if alone or form_id in OF_NO_CHILD:
            return bucket in self.buckets and form_id == alone
        if is_inbox(bucket) or form_id == NOTICE:
            return bucket in self.buckets and is_inbox(bucket) and form_id == NOTICE
        return bucket in self.buckets and (self.forms is None or form_id in self.forms)

    def may_write(self, bucket: BucketId, form_id: str, record_id: RecordId) -> bool:
        """Not of notices, which have rules of their own."""
        is_theirs = (
            form_id in (INTERVIEW, NOTE) if self.records is not None else not is_group(bucket) or bucket in self.kept
        )
        return self.writes and is_theirs and form_id != NOTICE and self.reads(bucket, form_id, record_id)

    def may_begin(self, bucket: BucketId, form_id: str, about: JSON) -> bool:
        """`about`: the episode that a new interview says it is about, and the record that new notes stand beside."""
        if self.records is None:
            return self.may_write(bucket, form_id, RecordId(""))
        if bucket not in self.asked:
            return False
        return self.asked[bucket] == about if form_id == INTERVIEW else form_id == NOTE and about in self.interviews

    def began(self, form_id: str, record_id: RecordId) -> None:
        """What a commissioned interviewer begins is theirs from then on."""
        if self.records is not None:
            self.records.add(record_id)
            self.interviews |= {record_id} if form_id == INTERVIEW else set()

    def of_its_records(self) -> ColumnElement[bool]:
        """For queries over the feed."""
        shown = true() if self.forms is None else feed.c.form_id.in_(self.forms | {NOTICE, *OF_NO_CHILD})
        return shown if self.records is None else shown & feed.c.record_id.in_(sorted(self.records))


def scope_of(connection: Connection, owner: Officer, now: str) -> Scope:
    """As of `now`: an allocation may have an end."""
    reach = roles.reach_of(owner.role)
    if not owner.active:
        return Scope()
    forms = None if EVERY_FORM in reach.forms else reach.forms
    if reach.by_commission:
        given = given_to(connection, owner, now)
        return Scope(
            set(given.buckets),
            forms,
            reach.writes,
            records=set(given.records),
            asked=given.asked,
            interviews=set(given.interviews),
        )
    held = _buckets(connection, owner, reach, now)
    held |= inboxes_of(connection, owner, held) | held_of_no_child(owner.role)
    return Scope(held, forms, reach.writes, buckets_kept(owner.role))


def strands_of(role: str) -> frozenset[str]:
    return roles.strands_of(role)


def is_supervisor(owner: Officer) -> bool:
    return owner.active and roles.is_manager(owner.role)


def supervised_buckets(connection: Connection, owner: Officer, now: str) -> set[BucketId]:
    """Where the officer decides about what was not taken in: only who sees every form of a bucket. Who supervises all
    children also decides about one whom only such words name, or nobody would ever see them; and who supervises home
    education about words that would be the first of it about a child."""
    scope = scope_of(connection, owner, now)
    if not is_supervisor(owner) or scope.forms is not None:
        return set()
    reach, strands = roles.reach_of(owner.role), _decided_strands(owner.role)
    held = {bucket for bucket in scope.buckets if strands == reach.strands or not _is_core(bucket)}
    unsettled = select(waiting.c.bucket, waiting.c.payload).where(waiting.c.status.in_(("quarantined", "returned")))
    if reach.children == AT_HOME:
        first = [row.bucket for row in connection.execute(unsettled) if _is_at_home(row.payload)]
        return held | {bucket for bucket in first if bucket.rpartition(":")[2] in strands}
    if reach.children not in WHOLE_COUNCIL:
        return held
    named = set(connection.execute(unsettled.with_only_columns(waiting.c.bucket)).scalars())
    return held | {bucket for bucket in named if bucket.rpartition(":")[2] in strands}


def _decided_strands(role: str) -> frozenset[str]:
    """What everybody keeps of a child is decided about by the missing service's manager, who may read words of either
    strand's officers there; who manages education alone is not shown what a missing advocate wrote."""
    reached = roles.strands_of(role)
    return reached if roles.MISSING in reached else reached - {roles.CORE}


def _is_core(bucket: BucketId) -> bool:
    return bucket.rpartition(":")[2] == roles.CORE


def _is_at_home(payload: str) -> bool:
    """Whether these words begin or change a record of home education, which may be the child's first."""
    try:
        return Operation.from_payload(payload, "").form_id in roles.HOME_EDUCATION
    except AnswerError:
        return False


def is_new_child(connection: Connection, child_id: ChildId, officer_id: OfficerId, now: str) -> bool:
    """Nobody has this child yet, and nobody has ended this officer's allocation to it: whoever creates the record is
    then allocated (docs, whose-child)."""
    named = {"child": child_id, "officer": officer_id, "now": now}
    return not connection.execute(_IS_HAD, named).scalar_one()


def _buckets(connection: Connection, owner: Officer, reach: roles.Reach, now: str) -> set[BucketId]:
    if reach.children in WHOLE_COUNCIL:
        known = set(connection.execute(select(record.c.child_id).distinct()).scalars())
        known |= set(connection.execute(select(allocation.c.child_id).where(lasting(now)).distinct()).scalars())
        children = (child for child in known if not form_of_no_child(child))
        return {bucket_of(child, strand) for child in children for strand in reach.strands}
    if reach.children not in BY_ALLOCATION:
        return set()
    mine = connection.execute(_GIVEN, {"officer": owner.id, "now": now})
    found = {bucket_of(child, strand) for child, strand in mine if strand in reach.strands}
    if reach.children == AT_HOME:
        here = record.c.form_id.in_(roles.HOME_EDUCATION) & (record.c.bucket != "")  # and was not destroyed
        theirs = set(connection.execute(select(record.c.child_id).where(here).distinct()).scalars())
        found |= {bucket_of(child, strand) for child in theirs for strand in reach.strands}
    return found
