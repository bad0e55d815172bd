"""How the first steps, the plan and the checks stand of children who are away or lately back, for roles that hold their
episodes and not those records. Worked out from the records by the same rules as on a laptop that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, or_, select

from casework.dates_in_words import local
from casework.forms.moments import Span, span
from casework.identifiers import ChildId, RecordId
from casework.practice.council import Council
from casework.practice.figures.what_counts import COUNTED, NO
from casework.practice.lives.interview_stands import EPISODE, INTERVIEW
from casework.practice.lives.kept_record import signing_order
from casework.practice.lives.meeting_stands import decided_on, is_about, is_decided
from casework.practice.lives.states import covers, rows
from casework.practice.lives.told_table import STANDS_FOR, ToldFact
from casework.practice.manager_check import CHECK, CheckState, check_of, given_in
from casework.practice.notices.first_steps import DIRECTOR, StepKind
from casework.practice.notices.heard import heard_by
from casework.practice.notices.notice_table import NOTICE
from casework.practice.roles import MISSING
from casework.practice.triggers import Episode, more_than_24_hours
from casework.records import bucket_of
from casework.wire.status_messages import AlertTold, DecidedTold, EpisodeTold, PlanTold, SentTold
from central.database.fact_tables import FOREVER, episode_fact, interview_fact
from central.database.tables import record
from central.facts.child_records import StoodRecord, records_by_child
from central.facts.numbers_of_practice import council_now
from central.people.scope import Scope

MOST = 200
LATELY = 14  # days since a return
_PLAN = STANDS_FOR[ToldFact.PLAN]
_ALERT = STANDS_FOR[ToldFact.ALERT]
_READ: Mapping[ToldFact, tuple[str, ...]] = {
    ToldFact.INTERVIEW_CHECK: (INTERVIEW, CHECK),
    ToldFact.STRATEGY: (EPISODE, STANDS_FOR[ToldFact.STRATEGY]),
    ToldFact.ALERT: (_ALERT, NOTICE),
    ToldFact.PLAN: (_PLAN,),
    ToldFact.PLAN_CHECK: (_PLAN, CHECK),
}


@dataclass(frozen=True)
class _Child:
    """One child's records, by form, the latest change first."""

    records: Mapping[str, Sequence[StoodRecord]]
    facts: frozenset[ToldFact]
    council: Council
    now: datetime

    def of(self, form_id: str) -> Sequence[StoodRecord]:
        return self.records.get(form_id, ())

    def episode(self, episode: RecordId) -> EpisodeTold:
        return EpisodeTold(
            episode=episode,
            strategy=self._strategy(episode) if ToldFact.STRATEGY in self.facts else None,
            alert=self._alert(episode) if ToldFact.ALERT in self.facts else None,
            interview_check=self._interview(episode) if ToldFact.INTERVIEW_CHECK in self.facts else "",
        )

    def plan(self, child: ChildId) -> PlanTold:
        """Of those that were agreed the last to be signed is the live one."""
        agreed = sorted((one for one in self.of(_PLAN) if one.locked), key=signing_order)
        live = agreed[-1] if agreed else None
        is_told, drafts = ToldFact.PLAN in self.facts, len(self.of(_PLAN)) - len(agreed)
        checked = live is not None and ToldFact.PLAN_CHECK in self.facts
        return PlanTold(
            child=child,
            version=len(agreed) if is_told else None,
            agreed=live.signed_at or "" if is_told and live else "",
            draft=is_told and drafts > 0,
            plan=live.view.record_id if checked and not is_told and live else "",
            check=self._check(live) if checked and live else "",
        )

    def _strategy(self, episode: RecordId) -> DecidedTold:
        since = self._long_since(episode)
        decided = [one.answers for one in self.of(STANDS_FOR[ToldFact.STRATEGY]) if is_decided(one.answers)]
        about = [meeting for meeting in decided if is_about(meeting, episode, since)]
        return DecidedTold(decided=bool(about), on=_known(decided_on(about)))

    def _long_since(self, episode: RecordId) -> datetime | None:
        known = next((one.answers for one in self.of(EPISODE) if one.view.record_id == episode), {})
        began = span(known.get("last_seen_at")) or span(known.get("reported_at"))
        found = span(known.get("found_at"))
        if began is None:
            return None
        test = Episode(episode, began.first, found.last if found else None)
        return more_than_24_hours([test], self.now, self.council).since

    def _alert(self, episode: RecordId) -> AlertTold:
        alert = next((one for one in self.of(_ALERT) if one.answers.get("episode_id") == episode), None)
        if alert is None:
            return AlertTold(begun=False, sent_to=[])
        notices = (one.answers for one in self.of(NOTICE))
        heard = heard_by(notices, alert.view.record_id, whom=self.council.notices).get(StepKind.DIRECTOR)
        return AlertTold(
            begun=True,
            sent_to=[_sent(row) for row in rows(alert.answers, "sent_to")],
            notice_sent=_iso(heard.sent if heard else None),
            notice_read=_iso(heard.read if heard else None),
        )

    def _interview(self, episode: RecordId) -> str:
        signed = (one for one in self.of(INTERVIEW) if one.now.signed and covers(one.answers, episode))
        found = next(signed, None)
        return self._check(found) if found else ""

    def _check(self, about: StoodRecord) -> str:
        """Empty where none is wanted."""
        record_id = about.view.record_id
        checks = [one for one in self.of(CHECK) if one.now.signed and one.answers.get("about") == record_id]
        given = (given_in(one.answers, one.signed_at or "") for one in checks)
        state = check_of(about.view, given, self.council.checks)
        return "" if state is CheckState.NOT_WANTED else str(state)


def episodes_told(
    connection: Connection, scope: Scope, facts: frozenset[ToldFact], now: datetime
) -> tuple[list[EpisodeTold], list[PlanTold]]:
    """Of the children that this officer may hold."""
    chosen = _chosen(connection, scope, now)
    council, children = council_now(connection), dict.fromkeys(child for _episode, child in chosen)
    records = _records(connection, chosen, {form for fact in facts for form in _READ.get(fact, ())})
    here = {child: _Child(records.get(child, {}), facts, council, now) for child in children}
    episodes = [here[child].episode(episode) for episode, child in chosen]
    with_plans = facts & {ToldFact.PLAN, ToldFact.PLAN_CHECK}
    return episodes, [one.plan(child) for child, one in here.items()] if with_plans else []


def _chosen(connection: Connection, scope: Scope, now: datetime) -> list[tuple[RecordId, ChildId]]:
    """Every episode that goes on; of a child with none, the last that ended lately."""
    one = episode_fact.c
    since = (local(now).date() - timedelta(days=LATELY)).toordinal()
    query = (
        select(one.record_id, one.child_id, one.returned)
        .where(one.to_seq == FOREVER, one.standing == COUNTED, or_(one.returned == NO, one.found_day >= since))
        .order_by(one.found_day.desc(), one.record_id)
    )
    found = [(RecordId(id_), ChildId(RecordId(child)), back) for id_, child, back in connection.execute(query)]
    here = [each for each in found if scope.reads(bucket_of(each[1], MISSING), EPISODE, each[0])]
    away = [(episode, child) for episode, child, back in here if back == NO]
    lately = {child: episode for episode, child, back in reversed(here) if back != NO}
    gone = {child for _episode, child in away}
    return [*away, *((episode, child) for child, episode in lately.items() if child not in gone)][:MOST]


def _records(
    connection: Connection, chosen: Sequence[tuple[RecordId, ChildId]], forms: Iterable[str]
) -> Mapping[ChildId, Mapping[str, Sequence[StoodRecord]]]:
    return records_by_child(connection, list(_named(connection, chosen, sorted(forms))))


def _named(
    connection: Connection, chosen: Sequence[tuple[RecordId, ChildId]], forms: Sequence[str]
) -> Iterator[RecordId]:
    """Of episodes and interviews those that are chosen, and about them. Of notices, those about an alert alone: whoever
    holds the episode holds the notices about it."""
    here, one = record.c, interview_fact.c
    episodes, children = zip(*chosen, strict=True) if chosen else ((), ())
    about = select(one.record_id).where(one.episode_id.in_(episodes), one.to_seq == FOREVER)
    wanted = and_(
        or_(here.form_id != EPISODE, here.record_id.in_(episodes)),
        or_(here.form_id != INTERVIEW, here.record_id.in_(about)),
        or_(here.form_id != NOTICE, here.bucket.endswith(f".{_ALERT}", autoescape=True)),
    )
    query = select(here.record_id).where(here.child_id.in_(children), here.form_id.in_(forms), wanted)
    yield from map(RecordId, connection.execute(query).scalars())


def _sent(row: Mapping[str, object]) -> SentTold:
    at, read_at = _known(span(row.get("at"))), _known(span(row.get("read_at")))
    return SentTold(director=row.get("who") == DIRECTOR, at=at, read_at=read_at)


def _known(when: Span | None) -> str:
    """The moment, or the day where no more is known."""
    if when is None:
        return ""
    return _iso(when.first) if when.first == when.last else local(when.first).date().isoformat()


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
