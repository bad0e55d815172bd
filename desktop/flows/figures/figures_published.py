"""The figures of a period, published from the page they are looked at on: frozen by the council in somebody's name."""

from __future__ import annotations

from datetime import date, datetime

from casework.dates_in_words import counted, day, day_and_time, local
from casework.errors import KnownError, NotThisRole
from casework.practice.figures.usual_periods import is_usual
from casework.wire.figure_messages import FiguresTold, PublishAsked
from desktop.flows.desk import Desk
from desktop.flows.figures.periods_offered import period_words
from desktop.flows.figures.scorecards import Scorecard, keep
from desktop.sync.reviewing import publish_figures

NOT_HERS = "Your council names others who publish these figures."
NOT_NOW = "These are figures of before: the council cannot be asked now. Publish them when it can."
LONGEST = 2000  # letters of what is said with them


def may_publish(desk: Desk, card: str) -> bool:
    """By the council's file; the service has the last word."""
    return desk.officer.role in desk.catalogue.council.publishers.get(card, ())


def is_published(desk: Desk, told: FiguresTold) -> bool:
    """A period that is over; days that overlap with others are read, and not published."""
    first, last = date.fromisoformat(told.first), date.fromisoformat(told.last)
    return last < local(desk.now()).date() and is_usual(told.card, first, last)


def publish(desk: Desk, found: Scorecard, words: str) -> Scorecard:
    """Just the figures that were looked at. Raises NotThisRole; KnownError for what cannot be published, or not now;
    what the council refuses."""
    told = found.told
    if not may_publish(desk, told.card) or found.is_own:
        raise NotThisRole(NOT_HERS)
    if found.is_kept:
        raise KnownError(NOT_NOW)
    if not is_published(desk, told):
        message = f"{_period(told)} is not published: it is not over yet, or no whole month, quarter or school year."
        raise KnownError(message)
    if len(words) > LONGEST:
        message = f"What you say has {len(words):,} letters. Say it in at most {LONGEST:,}."
        raise KnownError(message)
    asked = PublishAsked(
        card=told.card,
        first=told.first,
        last=told.last,
        known_at=told.known_at,
        after=told.published_at,
        words=words.strip(),
    )
    now = publish_figures(desk.vault, desk.now, asked)
    desk.vault.audit.add("published", card=told.card, period=f"{told.first}/{told.last}")
    keep(desk, now)
    return Scorecard(now)


def published_line(told: FiguresTold) -> str:
    """Who published it and when, and whether it counts otherwise now; empty where nobody did."""
    if not told.published_at:
        return ""
    on = day(local(datetime.fromisoformat(told.published_at)).date())
    known = day_and_time(local(datetime.fromisoformat(told.published_known)))
    since = changed_since(told)
    differs = f" {counted(since, 'figure')} now otherwise." if since else ""
    return f"Published {on} by {told.published_by}, as known on {known}.{differs}"


def changed_since(told: FiguresTold) -> int:
    """How many figures are another number now than they were published as, where this role is told both."""
    both = [(one.count, one.published) for one in told.figures]
    return sum(count != published for count, published in both if None not in (count, published))


def _period(told: FiguresTold) -> str:
    return period_words(date.fromisoformat(told.first), date.fromisoformat(told.last))
