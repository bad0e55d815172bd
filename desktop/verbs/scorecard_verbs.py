"""The verb of figures: a scorecard as this officer's role reads it; files of it hide what is small."""

from __future__ import annotations

import argparse
from datetime import datetime

from casework.canonical import JSON
from casework.errors import KnownError
from casework.wire.figure_messages import FiguresTold, FigureTold
from desktop.flows.desk import Desk
from desktop.flows.figures import board_told, figures_published, scorecards
from desktop.flows.figures.figure_tables import count_words, outside_table
from desktop.flows.figures.periods_offered import whole
from desktop.verbs.caseload_verbs import table_saved, typed_period
from desktop.verbs.result import Result


def tell_scorecard(args: argparse.Namespace, desk: Desk) -> Result:
    """The latest period that is over, unless told."""
    first, last = typed_period(args, whole(args.card, desk.now().date()))
    found = scorecards.scorecard(desk, args.card, first, last, _moment(args.as_at))
    if args.publish:
        found = figures_published.publish(desk, found, args.words)
    if args.csv:
        return table_saved(args.csv, desk, "figures", outside_table(found.told))
    if args.pdf:
        from desktop.flows.figures.scorecard_pdf import print_scorecard  # noqa: PLC0415 - what makes PDFs takes half a second to load

        return {"file": str(args.pdf)}, print_scorecard(desk, args.pdf, found.told)
    figures: list[JSON] = [_as_json(one) for one in found.told.figures]
    told = {
        "card": args.card,
        "from": found.told.first,
        "to": found.told.last,
        "as_at": found.told.known_at,
        "published": _published(found.told),
    }
    lines = [f"{one.number:>12}  {count_words(one):>7}  {one.title}" for one in found.told.figures]
    said = (
        scorecards.heard_line(desk, found),
        figures_published.published_line(found.told),
        found.told.published_words,
    )
    return {**told, "figures": figures}, "\n".join([*lines, "", *filter(None, said)])


def tell_board(args: argparse.Namespace, desk: Desk) -> Result:
    year = board_told.latest_year(desk) if args.year is None else args.year
    if args.pdf:
        from desktop.flows.figures.board_paper import print_report  # noqa: PLC0415 - what makes PDFs takes half a second to load

        return {"file": str(args.pdf)}, print_report(desk, args.pdf, year)
    rows = board_told.board_report(desk, year)
    if args.csv:
        return table_saved(args.csv, desk, "board report", board_told.table_of(rows))
    figures: list[JSON] = [
        {"part": row.part, "number": row.number, "title": row.figure, "quarters": list(row.quarters), "year": row.year}
        for row in rows
    ]
    return {"year": year, "figures": figures}, board_told.told(rows)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - refused below, as it has no offset
    if moment is not None and moment.tzinfo is None:
        message = f"“{text}” is not a moment with its offset, such as 2026-11-05T09:00+00:00."
        raise KnownError(message)
    return moment


def _published(told: FiguresTold) -> JSON:
    """None where nobody published it."""
    if not told.published_at:
        return None
    return {
        "at": told.published_at,
        "by": told.published_by,
        "as_at": told.published_known,
        "words": told.published_words,
    }


def _as_json(one: FigureTold) -> JSON:
    return {
        "number": one.number,
        "title": one.title,
        "count": one.count,
        "denominator": one.denominator,
        "percent": one.percent,
        "published": one.published,
        "records": None if one.behind is None else [each.id for each in one.behind],
    }
