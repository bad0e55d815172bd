"""A scorecard as a PDF that may leave the council: small numbers hidden, nobody named, signed by who made it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from casework.dates_in_words import counted, day, day_and_time, local
from casework.wire.figure_messages import FiguresTold, FigureTold, PictureTold
from desktop.documents.bars_on_paper import PaperBar
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.scorecard_page import PaperPicture, scorecard_pdf
from desktop.documents.sheets.table_page import TablePaper
from desktop.flows.desk import Desk
from desktop.flows.figures.figure_tables import count_words, for_outside
from desktop.flows.figures.periods_offered import period_words
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_HEADS = ("Number", "Figure", "Count", "Of", "Share", "Source")
_WIDTHS = (0.1, 0.44, 0.09, 0.08, 0.08, 0.21)
HIDES = "Numbers of one to four are hidden, and as many others as keep them from being worked out."

DRAFT = "A draft: nobody has published these figures yet. "


def print_scorecard(desk: Desk, file: Path, told: FiguresTold) -> str:
    """Says what was saved. Raises NotJoined without a certificate, KnownError where it cannot be written."""
    outside = for_outside(told)
    days = _days(told.first, told.last)
    known = day_and_time(local(datetime.fromisoformat(outside.known_at)))
    paper = TablePaper(
        form="scorecard",
        title=f"{told.title}, {days}",
        line=f"{_published(told, outside)}As known on {known}. {HIDES}",
        heads=_HEADS,
        widths=_WIDTHS,
        rows=[_cells(one) for one in outside.figures],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
        foot=f"{desk.officer.council}. {HIDES}",
    )
    pictures = [PaperPicture(one.title, list(_bars(outside, one))) for one in outside.pictures]
    signer = identity(desk)
    said = (f"What {outside.published_by} says about them", outside.published_words)
    data = scorecard_pdf(paper, pictures, fonts(), said=said if outside.published_words else None)
    data = seal_pdf(data, signer, reason="Scorecard", place=paper.council, at=paper.made)
    desk.vault.audit.add("exported", copy="scorecard page", rows=len(outside.figures))
    made = lasting(desk, data)
    write_new(file, made.data)
    return (
        f"Saved as {file.name}: {counted(len(outside.figures), 'figure')}, with small numbers hidden. {made.sentence}"
    )


def _published(told: FiguresTold, outside: FiguresTold) -> str:
    """One's own counts are nobody's to publish."""
    if outside.published_at:
        return (
            f"Published {day(local(datetime.fromisoformat(outside.published_at)).date())} by {outside.published_by}. "
        )
    return DRAFT if told.outside else ""


def _days(first: str, last: str) -> str:
    return period_words(date.fromisoformat(first), date.fromisoformat(last))


def _cells(one: FigureTold) -> tuple[str, ...]:
    of = "" if one.denominator is None else f"{one.denominator:,}"
    share = f"{one.percent}%" if one.percent else ""
    return (one.number, one.title, count_words(one), of, share, one.source)


def _bars(told: FiguresTold, drawn: PictureTold) -> Iterator[PaperBar]:
    """What other periods counted is not told here: beside a year, it would say what is hidden."""
    by_number = {one.number: one for one in told.figures}
    for number in drawn.figures:
        if (one := by_number.get(number)) is not None:
            share = f", {one.percent}%" if one.percent else ""
            yield PaperBar(one.title, one.count, f"{count_words(one)}{share}")
