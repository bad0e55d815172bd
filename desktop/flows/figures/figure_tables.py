"""A scorecard as a table that may leave the council: no names, no references, no small number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from casework.errors import KnownError
from casework.plain_table import PlainTable
from casework.practice.figures.figure_cards import Card, load_card
from casework.practice.figures.small_numbers import hidden
from casework.wire.figure_messages import FiguresTold, FigureTold
from desktop.flows.caseload.saved_table import save_table
from desktop.flows.desk import Desk

HIDDEN = "hidden"
HEADS = ("number", "title", "count", "denominator", "percent", "source", "reading")


def for_outside(told: FiguresTold) -> FiguresTold:
    """As the service says it may leave; of one's own counts, the small numbers are hidden here. Raises KnownError for
    days of which nothing leaves."""
    if told.outside_why:
        raise KnownError(told.outside_why)
    if told.outside:
        return _by_the_service(told)
    if any(one.count is None for one in told.figures):
        return told
    not_told = _not_told(told, {one.number: one.count or 0 for one in told.figures})
    card = shipped_card(told.card)
    of = {figure.number: set(figure.of) for figure in card.figure}
    figures = [_as_outside(one, not_told, of.get(one.number, set())) for one in told.figures]
    return FiguresTold(
        card=told.card,
        title=told.title,
        first=told.first,
        last=told.last,
        known_at=told.known_at,
        figures=figures,
        pictures=told.pictures,
    )


def _by_the_service(told: FiguresTold) -> FiguresTold:
    """Of an edition that was published, whatever is known now."""
    by_number = {one.number: one for one in told.figures}
    figures = [
        msgspec.structs.replace(
            by_number[one.number],
            count=one.count,
            denominator=one.denominator,
            percent=one.percent,
            behind=None,
            published=None,
        )
        for one in told.outside
        if one.number in by_number
    ]
    return FiguresTold(
        card=told.card,
        title=told.title,
        first=told.first,
        last=told.last,
        known_at=told.outside_known,
        figures=figures,
        pictures=told.pictures,
        published_at=told.outside_published,
        published_by=told.outside_by,
        published_words=told.outside_words,
    )


def outside_table(told: FiguresTold) -> PlainTable:
    return PlainTable(HEADS, [_cells(one) for one in for_outside(told).figures])


def save_scorecard(desk: Desk, file: Path, told: FiguresTold) -> str:
    """Says what was saved. Raises KnownError when it cannot be written."""
    return save_table(desk, file, "figures", outside_table(told))


def count_words(one: FigureTold) -> str:
    return HIDDEN if one.count is None else f"{one.count:,}"


def _cells(one: FigureTold) -> list[object]:
    count = HIDDEN if one.count is None else one.count
    return [one.number, one.title, count, one.denominator, one.percent, one.source, one.reading]


def _not_told(told: FiguresTold, counts: Mapping[str, int]) -> frozenset[str]:
    """Figures that this version does not know are hidden where they are small."""
    card = shipped_card(told.card)
    known = {figure.number: counts.get(figure.number, 0) for figure in card.figure}
    strange = {number for number, count in counts.items() if number not in known and 1 <= count <= 4}
    return hidden(card, known) | strange


def _as_outside(one: FigureTold, not_told: frozenset[str], of: set[str]) -> FigureTold:
    count = None if one.number in not_told else one.count
    denominator = None if of & not_told else one.denominator
    percent = "" if count is None or denominator is None else one.percent
    return FigureTold(
        number=one.number,
        title=one.title,
        source=one.source,
        reading=one.reading,
        count=count,
        denominator=denominator,
        percent=percent,
    )


@cache
def shipped_card(name: str) -> Card:
    """As it comes with Homeward: a council’s own figures are the service’s to tell."""
    text = resources.files("resources").joinpath("figures", f"{name}.toml").read_text(encoding="utf-8")
    return load_card(text, file=f"{name}.toml")
