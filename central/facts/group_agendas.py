"""A group’s agenda for a chair who does not hold every child: by the rules of a laptop, told and not held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from casework.dates_in_words import age_on, local
from casework.forms.moments import day_said
from casework.identifiers import ChildId, RecordId
from casework.kept_once import once
from casework.practice.council import Council
from casework.practice.groups.agenda_rules import Reason, Seen, Why, reasons
from casework.practice.groups.group_table import GROUPS, ITEM, MEETING, GroupKind, group_bucket
from casework.practice.groups.seen_by_group import (
    ACTION,
    EPISODE,
    FORMS,
    PLAN,
    changes_told,
    day_of,
    is_left_over,
    open_actions,
    seen_missing,
)
from casework.practice.lives.kept_record import signing_order
from casework.practice.lives.real_episodes import counted_episodes, every_episode, real_episodes, undecided_doubles
from casework.practice.same_child import child_name
from casework.practice.triggers import Episode
from casework.wire.agenda_messages import AgendaTold, ChangeTold, ChildOnAgenda, WhyTold
from casework.wire.status_messages import PlanTold
from central.database.tables import feed, record
from central.facts.child_records import StoodRecord, records_by_child
from central.facts.numbers_of_practice import council_now
from central.feed.stored_operations import CHUNK

MANY = 200  # changed children; of more the whole is worked out anew
_HELD = frozenset(FORMS)


@dataclass(frozen=True)
class StoodChild:
    """One child's records, for the rules."""

    child_id: ChildId
    records: Mapping[str, Sequence[StoodRecord]]
    council: Council
    now: datetime
    held: frozenset[str] = field(default=_HELD)

    @once
    def today(self) -> date:
        return local(self.now).date()

    @once
    def own(self) -> StoodRecord | None:
        return next((one for one in self.of("child") if one.record_id == self.child_id), None)

    @once
    def counted(self) -> Sequence[Episode]:
        real = real_episodes(self.of(EPISODE))
        return counted_episodes(every_episode(real, self.own.answers if self.own else {}), undecided_doubles(real))

    @once
    def seen(self) -> Seen:
        """But for what one group left over."""
        return seen_missing(self, (), None)

    @once
    def plans(self) -> Sequence[StoodRecord]:
        return sorted((one for one in self.of(PLAN) if one.locked), key=signing_order)

    def of(self, form_id: str) -> Sequence[StoodRecord]:
        return self.records.get(form_id, ())

    def holds(self, *form_ids: str) -> bool:
        return self.held.issuperset(form_ids)

    def episodes(self) -> Sequence[Episode]:
        return self.counted

    def agreed_plans(self) -> Sequence[StoodRecord]:
        return self.plans


@dataclass(frozen=True, slots=True)
class _Last:
    """The meeting from whose day an agenda counts; empty where the group has not met."""

    on: date | None = None
    meeting: str = ""


def agendas_told(
    connection: Connection, kinds: Iterable[GroupKind], now: datetime, only: Sequence[ChildId] | None = None
) -> list[AgendaTold]:
    """For a meeting of today of each group; the children are read once. `only`: of these and of no other."""
    council = council_now(connection)
    wanted = _named(connection, _concerned(connection) if only is None else only)
    children = [
        StoodChild(child, records, council, now)
        for child, records in records_by_child(connection, wanted).items()
        if any(one.record_id == child for one in records.get("child", ()))
    ]
    lasts = _last_meetings(connection, local(now).date())
    return [_agenda(kind, children, lasts[kind], now) for kind in kinds]


def newest_place(connection: Connection) -> int:
    """In the feed: where an agenda that is worked out now ends."""
    return int(connection.execute(select(feed.c.seq).order_by(feed.c.seq.desc()).limit(1)).scalar() or 0)


def changed_since(connection: Connection, place: int) -> list[ChildId] | None:
    """The children of whom something was said after that place that an agenda rests on: only the feed’s new rows are
    looked at. None where all are to be looked at anew: a group has met, a record was destroyed, or there are many."""
    moved = (feed.c.seq > place) & feed.c.form_id.in_((*FORMS, MEETING))
    query = select(record.c.child_id, record.c.bucket, feed.c.form_id).distinct()
    found = connection.execute(query.join(feed, feed.c.record_id == record.c.record_id).where(moved)).all()
    children = {ChildId(RecordId(row.child_id)) for row in found}
    is_all = any(row.form_id == MEETING or not row.bucket for row in found) or len(children) > MANY
    return None if is_all else sorted(children)


def _agenda(kind: GroupKind, children: Sequence[StoodChild], last: _Last, now: datetime) -> AgendaTold:
    on = local(now).date()
    since = last.on or on - timedelta(days=GROUPS[kind].days)
    found = []
    for child in children:
        items = {one.record_id: one for one in child.of(ITEM)}
        left = any(one.answers.get("meeting") == last.meeting and is_left_over(one.answers) for one in items.values())
        given = open_actions(kind, on, items, child.of(ACTION))
        seen = replace(child.seen, given=given, carried_from=last.on if last.meeting and left else None)
        if why := reasons(kind, seen, since, now, child.council):
            found.append((why, _told(child, why, since)))
    found.sort(key=lambda one: (list(Why).index(one[0][0].why), one[1].name.casefold()))
    return AgendaTold(kind=str(kind), since=since.isoformat(), children=[one for _, one in found])


def _told(child: StoodChild, why: Sequence[Reason], since: date) -> ChildOnAgenda:
    facts = child.own.answers if child.own else {}
    born = day_said(facts, "date_of_birth")
    return ChildOnAgenda(
        child=child.child_id,
        name=child_name(facts),
        age=age_on(born, child.today) if born else None,
        worker=str(facts.get("allocated_worker") or ""),
        why=[WhyTold(why=str(one.why), words=one.words, rule=one.rule) for one in why],
        changed=[ChangeTold(on=on.isoformat(), words=words) for on, words in sorted(changes_told(child, since))],
        plan=_plan(child),
    )


def _plan(child: StoodChild) -> PlanTold:
    agreed = child.plans
    at = (agreed[-1].signed_at or "") if agreed else ""
    return PlanTold(child=child.child_id, version=len(agreed), agreed=at, draft=len(child.of(PLAN)) > len(agreed))


def _concerned(connection: Connection) -> list[ChildId]:
    """A council holds thousands of children of whom no rule of these groups asks anything."""
    asks = record.c.form_id.in_((EPISODE, PLAN, ACTION, ITEM, "mash_referral")) & (record.c.bucket != "")
    found = connection.execute(select(record.c.child_id).where(asks).distinct()).scalars()
    return [ChildId(RecordId(child)) for child in found]


def _named(connection: Connection, children: Sequence[ChildId]) -> list[RecordId]:
    """What is here of these, without what was destroyed."""
    found: list[RecordId] = []
    for start in range(0, len(children), CHUNK):
        here = record.c.child_id.in_(children[start : start + CHUNK]) & (record.c.bucket != "")
        query = select(record.c.record_id).where(here, record.c.form_id.in_(FORMS))
        found += map(RecordId, connection.execute(query).scalars())
    return found


def _last_meetings(connection: Connection, on: date) -> Mapping[GroupKind, _Last]:
    found: dict[GroupKind, _Last] = defaultdict(_Last)
    of_group = {str(group_bucket(kind)): kind for kind in GROUPS}
    query = select(record.c.record_id).where(record.c.form_id == MEETING, record.c.bucket.in_(of_group))
    wanted = list(map(RecordId, connection.execute(query).scalars()))
    for records in records_by_child(connection, wanted).values():
        for one in records.get(MEETING, ()):
            kind, met = of_group[one.view.bucket], day_of(one.answers.get("held_at"))
            last = found[kind].on
            if met is not None and met < on and (last is None or met > last):
                found[kind] = _Last(met, one.record_id)
    return found
