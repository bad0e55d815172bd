"""Interviews that are still to be had, for roles that hold the episodes and not the interviews (S1 flowchart).

Which returns come into question is asked of the facts; how each stands is worked out from the interview itself, by the
same function as on a laptop that holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from casework.identifiers import ChildId, RecordId
from casework.practice.figures.what_counts import COUNTED, NO
from casework.practice.lives.interview_stands import EPISODE, NOT_BEGUN, InterviewStands, interview_stands
from casework.practice.lives.states import Beside
from casework.practice.roles import MISSING
from casework.records import Kind, Merge, bucket_of
from casework.records.corrected import corrected
from casework.wire.status_messages import InterviewTold
from central.database.fact_tables import FOREVER, episode_fact, interview_fact
from central.database.tables import operation
from central.feed.stored_operations import operations_by_record
from central.people.scope import Scope

MOST = 400


def open_interviews(connection: Connection, scope: Scope) -> tuple[list[InterviewTold], bool]:
    """Of the episodes that this officer may hold, and whether there are more."""
    asked = [
        episode
        for episode, child in _returns(connection)
        if scope.reads(bucket_of(child, MISSING), EPISODE, episode)
    ]  # fmt: skip
    here = asked[:MOST]
    stands = _stands(connection, here)
    told = [
        InterviewTold(episode=episode, state=one.state, offers=one.offers, wants_later=one.wants_later)
        for episode in here
        if (one := stands.get(episode, NOT_BEGUN)).is_open
    ]
    return told, len(asked) > MOST


def _returns(connection: Connection) -> Iterable[tuple[RecordId, ChildId]]:
    """Real episodes that are over and whose interview nothing has settled yet, as far as the facts tell."""
    episode = episode_fact.c
    query = (
        select(episode.record_id, episode.child_id)
        .where(episode.to_seq == FOREVER, episode.standing == COUNTED, episode.returned != NO, ~_settled())
        .order_by(episode.found_day.desc(), episode.record_id)
    )
    return [(RecordId(record_id), ChildId(RecordId(child_id))) for record_id, child_id in connection.execute(query)]


def _settled() -> ColumnElement[bool]:
    """Signed, or answered in a way that ends it; what was stopped midway is looked at more closely."""
    one = interview_fact.c
    signed = exists().where(operation.c.record_id == one.record_id, operation.c.kind == str(Kind.SIGN))
    ends = or_(one.decision.in_(("no", "not_applicable")), one.reply == "declined", signed)
    stands = (one.episode_id == episode_fact.c.record_id, one.to_seq == FOREVER, one.standing == COUNTED)
    return exists().where(*stands, ends)


def _stands(connection: Connection, episodes: list[RecordId]) -> Mapping[RecordId, InterviewStands]:
    """The interview of each that has one; of several the latest that was begun, as on a laptop."""
    one = interview_fact.c
    query = select(one.episode_id, one.record_id).where(
        one.episode_id.in_(episodes), one.to_seq == FOREVER, one.standing == COUNTED
    )
    about: dict[RecordId, list[RecordId]] = defaultdict(list)
    for episode_id, record_id in connection.execute(query):
        about[RecordId(record_id)].append(RecordId(episode_id))
    found: dict[RecordId, InterviewStands] = {}
    for record_id, operations in operations_by_record(connection, list(about)).items():
        now = corrected(Merge(record_id, operations).view())
        for episode_id in about[record_id]:
            found[episode_id] = interview_stands(now.answers, Beside(signed=now.signed))
    return found
