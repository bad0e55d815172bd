"""Which picture a scorecard's group of figures becomes, and the same rows as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from casework.wire.figure_messages import FigureTold, PictureTold
from desktop.flows.figures.figure_tables import count_words
from desktop.flows.figures.periods_offered import period_words
from desktop.flows.figures.scorecards import Scorecard
from desktop.ui.figures.bar_pictures import Bar, BarPicture, LyingBars, StandingColumns
from desktop.ui.kit.basics.picture import PictureCard
from desktop.ui.kit.basics.table import Table

HEADS = ("What", "Count", "Share")
KINDS: dict[str, Callable[..., BarPicture]] = {
    "bars": LyingBars,
    "columns": StandingColumns,
    "trend": StandingColumns,
}


def picture_card(found: Scorecard, drawn: PictureTold, place: int, choose: Callable[[str], None]) -> PictureCard:
    """`choose` is told the number of the figure that a bar, or a row of the table, stands for."""
    bars = list(_trend(found, drawn) if drawn.kind == "trend" else _bars(found, drawn))
    name = f"figures/picture/{place}"
    picture = KINDS[drawn.kind](f"{name}/drawn", drawn.title, bars)
    rows = [(bar.words, bar.shown, bar.beside) for bar in bars]
    table = Table(HEADS, rows, name=f"{name}/table", words=drawn.title, opens=[bar.number for bar in bars])
    picture.opened.connect(choose)
    table.opened.connect(choose)
    return PictureCard(drawn.title, picture, table, name=name)


def share_words(one: FigureTold) -> str:
    return f"{one.percent}%" if one.percent else ""


def _bars(found: Scorecard, drawn: PictureTold) -> Iterator[Bar]:
    for number in drawn.figures:
        if (one := found.figure(number)) is not None:
            yield Bar(one.title, one.count, share_words(one), one.number)


def _trend(found: Scorecard, drawn: PictureTold) -> Iterator[Bar]:
    """Oldest first; what the periods before counted opens nothing."""
    told = found.told
    for number in drawn.figures:
        one = found.figure(number)
        if one is None:
            continue
        named = f"{one.title}, " if len(drawn.figures) > 1 else ""
        for before in told.before:
            days = period_words(date.fromisoformat(before.first), date.fromisoformat(before.last))
            yield Bar(f"{named}{days}", before.counts.get(number))
        now = period_words(date.fromisoformat(told.first), date.fromisoformat(told.last))
        yield Bar(f"{named}{now}", one.count, "", one.number)


def figure_rows(found: Scorecard) -> list[tuple[str, str, str, str, str]]:
    """Every figure: its number, title, count, share, and what was published."""
    return [
        (
            one.number,
            one.title,
            count_words(one),
            " ".join(part for part in (f"of {one.denominator:,}" if one.denominator else "", share_words(one)) if part),
            "" if one.published is None else f"{one.published:,}",
        )
        for one in found.told.figures
    ]
