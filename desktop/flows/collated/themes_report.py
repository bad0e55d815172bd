"""The themes of a period on paper, for the Strategic group: it may leave the council, and names no child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casework.dates_in_words import counted, day, local
from desktop.documents.bars_on_paper import PaperBar
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.scorecard_page import PaperPicture, scorecard_pdf
from desktop.documents.sheets.table_page import TablePaper
from desktop.flows.collated.themes import TITLES, Themes
from desktop.flows.collated.themes_told import HEADS, outside, outside_table
from desktop.flows.desk import Desk
from desktop.flows.figures.figure_tables import HIDDEN
from desktop.flows.figures.periods_offered import period_words
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_WIDTHS = (0.2, 0.38, 0.11, 0.11, 0.1, 0.1)


def print_themes(desk: Desk, file: Path, found: Themes) -> str:
    """Says what was saved. Raises NotJoined without a certificate, KnownError where it cannot be written."""
    small = desk.catalogue.council.number("small_number")
    table = outside_table(found, small)
    paper = TablePaper(
        form="themes",
        title=report_title(found),
        line=_line(found, small),
        heads=HEADS,
        widths=_WIDTHS,
        rows=[[str(cell) for cell in row] for row in table.rows],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
        foot=f"{desk.officer.council}. {_hides(small)}",
    )
    data = scorecard_pdf(paper, list(_pictures(found, small)), fonts(), table="Every theme")
    data = seal_pdf(data, identity(desk), reason="Themes", place=paper.council, at=paper.made)
    desk.vault.audit.add("exported", copy="themes page", rows=len(table.rows))
    write_new(file, data)
    return f"Saved as {file.name}: {counted(len(table.rows), 'theme')}, nobody named, small numbers hidden."


def report_title(found: Themes) -> str:
    """“What children said, September and October 2026”."""
    return f"What children said, {period_words(found.first, found.last)}"


def _hides(small: int) -> str:
    return f"Numbers from one to {small - 1} are hidden, and those that leave so few of the whole."


def _line(found: Themes, small: int) -> str:
    """The report's first words. Each rate hides what is small of its own whole."""
    told, whole = found.interviewing, len(found.told)

    def rate(count: int, of: int) -> str:
        shown = outside(found, count, small, of)
        return f"{shown} of {of if of == 0 or of >= small else HIDDEN}"

    interviews = whole if whole == 0 or whole >= small else HIDDEN
    known = f"on {day(local(found.heard).date())}" if found.heard else "on this laptop"
    return (
        f"Signed interviews: {interviews}. Interviews offered {rate(told.offered, told.right_for)}, "
        f"accepted {rate(told.accepted, told.offered)}, held {rate(told.held, told.accepted)}. "
        f"{_hides(small)} "
        f"As the records stood {known}."
    )


def _pictures(found: Themes, small: int) -> Iterator[PaperPicture]:
    for question, reasons in found.reasons.items():
        bars = []
        for one in reasons:
            shown = outside(found, one.count, small)
            bars.append(PaperBar(found.label(one), None if shown == HIDDEN else one.count, shown))
        yield PaperPicture(TITLES[question], bars)
