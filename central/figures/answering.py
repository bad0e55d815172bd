"""A laptop's question about figures, answered as its officer's role may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from casework.identifiers import BucketId, ChildId, RecordId
from casework.practice.calendar import add_months
from casework.practice.figures.figure_cards import Card
from casework.practice.figures.figure_readers import Reading, reading_of
from casework.practice.figures.usual_periods import is_usual
from casework.records import bucket_of
from casework.wire.figure_messages import (
    Before,
    Behind,
    FiguresQuery,
    FiguresTold,
    FigureTold,
    OutsideTold,
    PictureTold,
    PublishAsked,
)
from central.database.clock import stamp
from central.database.errors import CentralError, Refused
from central.database.tables import record
from central.facts.numbers_of_practice import council_now
from central.feed.feed_moments import place_at
from central.feed.stored_operations import CHUNK
from central.figures.for_outside import OutsidePage, Told, as_it_is, outside_page
from central.figures.own_answers import with_councils_own
from central.figures.periods import AsAt, Period
from central.figures.publishing import FrozenCard, Publishing, latest_of, publish
from central.figures.reckoning import Reckoned, card_of, reckon
from central.people.accounts import Officer
from central.people.scope import Scope, scope_of
from central.service import Service

PERIODS_BEFORE = 2
NOT_THEN = "Of what nobody has published, only what is known now leaves the council. Choose it, or publish the period."


def publish_period(service: Service, owner: Officer, asked: PublishAsked) -> FiguresTold:
    """Frozen as this officer looked at it, in their name; and how it stands then. Raises Refused for a role that the
    council's file does not name, and where somebody published it meanwhile."""
    now = service.now()

    def work(connection: Connection) -> None:
        if not owner.active or owner.role not in council_now(connection).publishers.get(asked.card, ()):
            raise Refused(403, "no_publisher", "The council’s file names others who publish these figures.")
        period, moment = _period(asked.card, asked.first, asked.last), _moment(asked.known_at) or now
        as_at = AsAt.of(place_at(connection, moment, now), moment)
        latest = latest_of(connection, asked.card, period)
        if (latest.at if latest else "") != asked.after:
            raise Refused(409, "published_meanwhile", "They were published meanwhile. Look at them, then decide.")
        found = reckon(connection, with_councils_own(connection, card_of(asked.card)), period, as_at)
        publish(connection, Publishing(asked.card, period, as_at, moment, owner.name, now, asked.words.strip()), found)

    try:
        service.database.transact(work)
    except (CentralError, ValueError) as error:
        raise _refusal(error) from error
    return answer(service, owner, FiguresQuery(card=asked.card, first=asked.first, last=asked.last))


def _period(card: str, first: str, last: str) -> Period:
    """One of those that are published: two that overlap would tell their difference."""
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    if not is_usual(card, period.first, period.last):
        raise Refused(400, "usual_periods", "What is published is a whole month, quarter or school year.")
    return period


def _refusal(error: Exception) -> Refused:
    return error if isinstance(error, Refused) else Refused(400, "no_such_figures", _why(error))


def answer(service: Service, owner: Officer, asked: FiguresQuery) -> FiguresTold:
    """Raises Refused for a role that reads no such card, and for what cannot be asked."""
    reading = reading_of(owner.role, asked.card) if owner.active else Reading.NONE
    if reading is Reading.NONE:
        raise Refused(403, "no_figures", "These figures are for managers and analysts.")
    now = service.now()
    try:
        period = Period(date.fromisoformat(asked.first), date.fromisoformat(asked.last))
        moment = _moment(asked.as_at) or now
        with service.database.writing() as connection:
            as_at = AsAt.of(place_at(connection, moment if asked.as_at else None, now), moment)
    except (CentralError, ValueError) as error:
        raise _refusal(error) from error
    if reading is Reading.COUNTS and (asked.as_at or not is_usual(asked.card, period.first, period.last)):
        raise Refused(403, "usual_periods", "Counts are told for whole months, quarters or school years, as known now.")
    with service.database.reading() as connection, connection.begin():
        card = with_councils_own(connection, card_of(asked.card))
        if reading is Reading.COUNTS:
            return _counts(connection, card, asked, period, as_at)
        found = reckon(connection, card, period, as_at)
        behind = _behind(connection, card, found, scope_of(connection, owner, stamp(now)))
        published = latest_of(connection, card.card, period)
        page, why = _outside(connection, card, period, as_at, found, is_now=not asked.as_at)
        before = [_before(card, one, reckon(connection, card, one, as_at)) for one in _earlier(period)]
    return FiguresTold(
        card=card.card,
        title=card.title,
        first=asked.first,
        last=asked.last,
        known_at=stamp(moment),
        figures=[_figure(as_it_is(one), behind.get(one.figure.number), published) for one in found],
        pictures=_pictures(card),
        before=before,
        published_at=published.at if published else "",
        published_by=published.by if published else "",
        published_known=published.known_at if published else "",
        published_words=published.words if published else "",
        outside=[_as_outside(one) for one in page.figures] if page else [],
        outside_known=(page.known_at or stamp(moment)) if page else "",
        outside_published=page.published.at if page and page.published else "",
        outside_by=page.published.by if page and page.published else "",
        outside_words=page.published.words if page and page.published else "",
        outside_why=why,
    )


def _counts(connection: Connection, card: Card, asked: FiguresQuery, period: Period, as_at: AsAt) -> FiguresTold:
    """The page that was published, for whoever reads counts alone. Before that there is none: what is told today and
    again tomorrow says what came in between."""
    page = outside_page(connection, card, period, as_at)
    if page.published is None:
        raise Refused(403, "not_published", "Nobody has published these figures yet. Counts are told when they are.")
    earlier = [(one, outside_page(connection, card, one, as_at)) for one in _earlier(period)]
    return FiguresTold(
        card=card.card,
        title=card.title,
        first=asked.first,
        last=asked.last,
        known_at=page.known_at,
        figures=[_figure(one, None, None) for one in page.figures],
        pictures=_pictures(card),
        before=[_before(card, one, found.figures) for one, found in earlier if found.published],
        published_at=page.published.at,
        published_by=page.published.by,
        published_known=page.published.known_at,
        published_words=page.published.words,
    )


def _outside(
    connection: Connection, card: Card, period: Period, as_at: AsAt, found: Sequence[Reckoned], *, is_now: bool
) -> tuple[OutsidePage | None, str]:
    """Or why nothing of these days leaves: two drafts of two moments would tell what came in between."""
    try:
        page = outside_page(connection, card, period, as_at, found)
    except CentralError as error:
        return None, str(error)
    return (page, "") if is_now or page.published else (None, NOT_THEN)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        message = "A moment needs its offset."
        raise ValueError(message)
    return moment


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, CentralError) else "The days or the moment cannot be read."


def _pictures(card: Card) -> list[PictureTold]:
    return [PictureTold(title=one.title, kind=one.kind, figures=list(one.figures)) for one in card.picture]


def _as_outside(one: Told) -> OutsideTold:
    percent = "" if one.percent is None else str(one.percent)
    return OutsideTold(number=one.figure.number, count=one.count, denominator=one.denominator, percent=percent)


def _figure(one: Told, behind: list[Behind] | None, published: FrozenCard | None) -> FigureTold:
    """What was published is told inside the strands a role holds: beside it, it would say what is hidden."""
    then = published.figures.get(one.figure.number) if published else None
    return FigureTold(
        number=one.figure.number,
        title=one.figure.title,
        source=one.figure.source,
        reading=one.figure.reading,
        count=one.count,
        denominator=one.denominator,
        percent="" if one.percent is None else str(one.percent),
        behind=behind,
        published=then.count if then else None,
    )


def _behind(connection: Connection, card: Card, found: Sequence[Reckoned], scope: Scope) -> Mapping[str, list[Behind]]:
    """By figure, those records and children that the officer may open; all or none of a figure's."""
    counted = {one.figure.number: _are_children(card, one) for one in found if one.figure.count != "families"}
    homes = _homes(
        connection, {RecordId(each) for one in found if counted.get(one.figure.number) is False for each in one.ids}
    )
    result = {}
    for one in found:
        is_child = counted.get(one.figure.number)
        if is_child is None:
            continue
        if all(_may_open(RecordId(each), scope, homes, is_child=is_child) for each in one.ids):
            pairs = zip(one.ids, one.references, strict=True)
            result[one.figure.number] = [
                Behind(id=each, number=number if number != each else "", is_child=is_child) for each, number in pairs
            ]
    return result


def _are_children(card: Card, one: Reckoned) -> bool:
    return one.figure.count == "children" or card.subject == "inclusion"


def _may_open(each: RecordId, scope: Scope, homes: Mapping[RecordId, tuple[BucketId, str]], *, is_child: bool) -> bool:
    bucket, form_id = (bucket_of(ChildId(each), "core"), "child") if is_child else homes.get(each, (BucketId(""), ""))
    return scope.reads(bucket, form_id, each)


def _homes(connection: Connection, ids: Iterable[RecordId]) -> dict[RecordId, tuple[BucketId, str]]:
    wanted, found = sorted(ids), dict[RecordId, tuple[BucketId, str]]()
    for start in range(0, len(wanted), CHUNK):
        query = select(record.c.record_id, record.c.bucket, record.c.form_id)
        rows = connection.execute(query.where(record.c.record_id.in_(wanted[start : start + CHUNK])))
        found |= {row.record_id: (row.bucket, row.form_id) for row in rows}
    return found


def _earlier(period: Period) -> list[Period]:
    """The periods of as many months before this one, oldest first."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    found = []
    for place in range(PERIODS_BEFORE, 0, -1):
        first = add_months(period.first, -months * place)
        found.append(Period(first, add_months(first, months) - timedelta(days=1)))
    return found


def _before(card: Card, period: Period, told: Sequence[Reckoned | Told]) -> Before:
    drawn = {number for one in card.picture if one.kind == "trend" for number in one.figures}
    counts = {one.figure.number: one.count for one in told if one.figure.number in drawn}
    return Before(first=period.first.isoformat(), last=period.last.isoformat(), counts=counts)
