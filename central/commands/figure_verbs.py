"""The verbs of `homeward-central` about figures: scorecards, and the facts that they are made of."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.plain_table import PlainTable
from central.commands.printing import a_day, add_csv, save_csv, say, with_json
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import Home
from central.facts.rebuilding import rebuild
from central.feed.feed_moments import place_at
from central.figures.for_outside import HIDDEN, OutsidePage, Told, as_it_is, outside_page
from central.figures.own_answers import with_councils_own
from central.figures.periods import AsAt, Period, quarter, school_year
from central.figures.publishing import FrozenCard, Publishing, latest_of, publish
from central.figures.reckoning import Reckoned, card_of, reckon
from central.service import Service

Verbs = argparse._SubParsersAction  # argparse has no public name for it
Named = Callable[[argparse.Namespace], Period]
_YEAR = "in which the school year begins: 2018 is 2018/19"
COLUMNS = ("number", "title", "count", "denominator", "percent", "published", "source", "reading")


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    facts = verbs.add_parser("facts", help="what counts in figures").add_subparsers(required=True, metavar="VERB")
    again = with_json(facts.add_parser("rebuild", help="work out anew, from everything ever said, what counts"))
    again.set_defaults(deed=_rebuild)
    cards = verbs.add_parser("scorecard", help="the figures of a period").add_subparsers(required=True, metavar="CARD")
    _add_days(_card(cards, "missing", "children who went missing", _days))
    cme = _card(cards, "cme", "children missing education", _quarter)
    cme.add_argument("--quarter", help="of a financial year, such as 2018-19Q4")
    _add_days(cme)
    ehe = _card(cards, "ehe", "elective home education", lambda options: school_year(options.year))
    ehe.add_argument("--year", type=int, required=True, help=_YEAR)
    for name, about in (("exclusions", "exclusions from school"), ("inclusion", "children in more than one list")):
        card = _card(cards, name, about, _any_period)
        card.add_argument("--quarter", help="of a financial year, such as 2018-19Q4")
        card.add_argument("--year", type=int, help=_YEAR)
        _add_days(card)


def _card(cards: Verbs[argparse.ArgumentParser], name: str, about: str, period: Named) -> argparse.ArgumentParser:
    card = cards.add_parser(name, help=about)
    card.add_argument("--as-at", help="what was known at this moment, such as 2026-11-05T09:00+00:00")
    card.add_argument("--outside", action="store_true", help="hide small numbers and all references: for other readers")
    card.add_argument("--publish", action="store_true", help="freeze these figures as told to the council, with --by")
    card.add_argument("--by", default="", help="who publishes them")
    card.add_argument("--words", default="", help="what they say about the figures")
    how = with_json(card).add_mutually_exclusive_group()
    add_csv(how)
    how.add_argument("--refs", metavar="NUMBER", help="the references behind one figure")
    card.set_defaults(deed=_scorecard, card=name, period=period)
    return card


def _add_days(card: argparse.ArgumentParser) -> None:
    card.add_argument("--from", dest="first", type=a_day, help="the first day, such as 2026-10-01")
    card.add_argument("--to", dest="last", type=a_day, help="the last day")


def _days(options: argparse.Namespace) -> Period:
    if options.first is None or options.last is None:
        message = "Name the period: give its first day with --from and its last with --to."
        raise CentralError(message)
    return Period(options.first, options.last)


def _quarter(options: argparse.Namespace) -> Period:
    return quarter(options.quarter) if options.quarter else _days(options)


def _any_period(options: argparse.Namespace) -> Period:
    return school_year(options.year) if options.year is not None else _quarter(options)


def _rebuild(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        say(options, service.database.transact(rebuild))


def _scorecard(options: argparse.Namespace) -> None:
    period: Period = options.period(options)
    with closing(Service.open(Home(options.home))) as service:
        now = service.now()
        moment = _moment(options.as_at)
        if options.outside and moment:
            message = "A page for other readers is of what was published, or of what is known now: leave out --as-at."
            raise CentralError(message)
        with service.database.writing() as connection:
            as_at = AsAt.of(place_at(connection, moment, now), moment or now)
        with service.database.reading() as connection:
            card = with_councils_own(connection, card_of(options.card))
            found = reckon(connection, card, period, as_at)
        if options.publish:
            one = Publishing(options.card, period, as_at, moment or now, options.by, now, options.words)
            service.database.transact(lambda connection: publish(connection, one, found))
        with service.database.reading() as connection:
            page = outside_page(connection, card, period, as_at, found) if options.outside else None
            frozen = None if options.outside else latest_of(connection, options.card, period)
        _tell(options, _Asked(period, moment or now, frozen, page), found)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - refused below, as it has no offset
    if moment.tzinfo is None:
        message = f"“{text}” is not a moment with its offset, such as 2026-11-05T09:00+00:00."
        raise CentralError(message)
    return moment


@dataclass(frozen=True, slots=True)
class _Asked:
    """`frozen` is what was published of the period last; `page` is what of it may leave, where that was asked for."""

    period: Period
    moment: datetime
    frozen: FrozenCard | None
    page: OutsidePage | None

    def then(self, number: str) -> int | None:
        figure = self.frozen.figures.get(number) if self.frozen else None
        return figure.count if figure else None

    def to_json(self) -> dict[str, JSON]:
        known = (self.page and self.page.known_at) or stamp(self.moment)
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat(), "as_at": known}
        if self.page:
            days["edition"] = self.page.published.at if self.page.published else ""
        frozen = self.frozen
        if frozen is None:
            return {**days, "published": None}
        return {
            **days,
            "published": {"at": frozen.at, "by": frozen.by, "as_at": frozen.known_at, "words": frozen.words},
        }


def _tell(options: argparse.Namespace, asked: _Asked, found: Sequence[Reckoned]) -> None:
    if options.refs is not None:
        _tell_references(options, found)
        return
    told = asked.page.figures if asked.page else [as_it_is(one) for one in found]
    if options.csv:
        save_csv(options.csv, PlainTable(COLUMNS, [_cells(one, asked) for one in told]))
    elif options.json:
        figures = [{**_whole(one), "published": asked.then(one.figure.number)} for one in told]
        say(options, {"card": options.card, **asked.to_json(), "figures": figures})
    else:
        sys.stdout.writelines(f"{line}\n" for line in PlainTable.of([_line(one, asked) for one in told]).lines())


def _tell_references(options: argparse.Namespace, found: Sequence[Reckoned]) -> None:
    if options.outside:
        message = "References stay inside the council: leave out --outside or --refs."
        raise CentralError(message)
    chosen = next((one for one in found if one.figure.number == options.refs), None)
    if chosen is None:
        message = f"This scorecard has no figure {options.refs}. Without --refs it lists those it has."
        raise CentralError(message)
    if options.json:
        say(options, _whole(as_it_is(chosen)))
    else:
        sys.stdout.writelines(f"{reference}\n" for reference in chosen.references)


def _cells(one: Told, asked: _Asked) -> list[object]:
    figure = one.figure
    return [
        figure.number,
        figure.title,
        HIDDEN if one.count is None else one.count,
        one.denominator,
        one.percent,
        asked.then(figure.number),
        figure.source,
        figure.reading,
    ]


def _whole(one: Told) -> dict[str, JSON | float]:
    return {
        "number": one.figure.number,
        "title": one.figure.title,
        "count": one.count,
        "denominator": one.denominator,
        "percent": None if one.percent is None else float(one.percent),
        "hidden": one.count is None,
        "references": None if one.references is None else list(one.references),
        "source": one.figure.source,
        "reading": one.figure.reading,
    }


def _line(one: Told, asked: _Asked) -> dict[str, object]:
    share = "" if one.denominator is None else f"of {one.denominator}"
    percent = "" if one.percent is None else f"{one.percent}%"
    return {
        "number": f"{one.figure.number:>12}",
        "count": f"{HIDDEN if one.count is None else one.count:>6}",
        "of": f"{share:>8}",
        "percent": f"{percent:>6}",
        "published": "" if asked.then(one.figure.number) is None else f"published {asked.then(one.figure.number)}",
        "title": one.figure.title,
    }
